//! Why a command could not do its work, in a sentence with a way out.

use std::{io, net::SocketAddr, path::PathBuf, process::ExitCode};

use proxy::settings::Mistakes;

use crate::audit::DatabaseError;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(
        "{address} is in use by another program. Stop that program, or choose another port: {flag} {ip}:{port}",
        ip = host(.address),
        port = .address.port().checked_add(1).unwrap_or(8787)
    )]
    InUse { address: SocketAddr, flag: &'static str },
    #[error(
        "{address} may not be listened on: {error}. Choose a port above 1023: {flag} {ip}:8787",
        ip = host(.address)
    )]
    NotAllowed { address: SocketAddr, flag: &'static str, error: io::Error },
    #[error(
        "{address} can't be listened on: {error}. Choose an address of this machine: {flag} 127.0.0.1:8787"
    )]
    Listen { address: SocketAddr, flag: &'static str, error: io::Error },
    #[error(
        "The database {path} can't be used: {error}. Look after it, or choose another: --database FILE"
    )]
    Database { path: PathBuf, error: DatabaseError },
    #[error("There is no database {0}. Name the one to read: --database FILE")]
    NoDatabase(PathBuf),
    #[error(
        "The audit log {path} is not as it was written: {faults} faults, see above. Keep the file, and compare it with a backup"
    )]
    NotAsWritten { path: PathBuf, faults: u64 },
    #[error("{0}")]
    Settings(#[from] Mistakes),
    #[error("{0} of the checks failed, see above")]
    Check(usize),
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Failure {
    /// 2 for what whoever typed the command can type better, 1 for anything else.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::NoDatabase(_) | Self::Settings(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }

    /// `flag` is the one that chooses the address.
    pub fn listen(address: SocketAddr, flag: &'static str, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::InUse { address, flag },
            io::ErrorKind::PermissionDenied => Self::NotAllowed { address, flag, error },
            _ => Self::Listen { address, flag, error },
        }
    }
}

/// An IP address as it stands in front of a port.
fn host(address: &SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}
