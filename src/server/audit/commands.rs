//! `riskdesk audit verify|export`: the log as a file, whether a server is running on it or not.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use model::AuditEntry;

use super::database::{Database, DatabaseError};
use crate::{
    cli::{AuditCommand, ExportFormat},
    clock,
    failure::Failure,
};

pub fn run(command: AuditCommand) -> Result<(), Failure> {
    match command {
        AuditCommand::Verify { database, head } => {
            let report = open(&database.path, |log| log.verify(head))?;
            if report.is_sound() {
                writeln!(io::stdout(), "The audit log is as it was written: {report}")?;
                return Ok(());
            }
            for fault in &report.faults {
                writeln!(io::stderr(), "{fault}")?;
            }
            Err(Failure::NotAsWritten { path: database.path, faults: report.fault_count })
        }
        AuditCommand::Export { database, format } => {
            let written = open(&database.path, |log| export(log, format, io::stdout().lock()));
            match written {
                // Whoever reads has read enough.
                Err(Failure::Database { error: DatabaseError::Output(error), .. }) => {
                    if error.kind() == io::ErrorKind::BrokenPipe {
                        Ok(())
                    } else {
                        Err(error.into())
                    }
                }
                written => written,
            }
        }
    }
}

fn open<T>(
    path: &Path,
    read: impl FnOnce(&Database) -> Result<T, DatabaseError>,
) -> Result<T, Failure> {
    if !path.is_file() {
        return Err(Failure::NoDatabase(path.to_owned()));
    }
    let log = Database::open_to_read(path).and_then(|log| read(&log));
    log.map_err(|error| Failure::Database { path: path.to_owned(), error })
}

fn export(log: &Database, format: ExportFormat, output: impl Write) -> Result<(), DatabaseError> {
    let mut output = BufWriter::new(output);
    match format {
        ExportFormat::Jsonl => log.lines(clock::now(), |line| {
            serde_json::to_writer(&mut output, &line)?;
            output.write_all(b"\n")
        })?,
        ExportFormat::Csv => {
            let header = AuditEntry::<serde_json::Value>::CSV_HEADER;
            output.write_all(header.as_bytes()).map_err(DatabaseError::Output)?;
            log.lines(clock::now(), |line| output.write_all(line.csv().as_bytes()))?;
        }
    }
    Ok(output.flush()?)
}
