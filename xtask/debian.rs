//! The distribution's packages, where it is Debian.

use std::fs;

use anyhow::Result;

use crate::{progress::say, run};

/// Whether this is Debian, and its packages may be installed. Ubuntu is not: a browser's package there
/// only points to a snap.
pub fn is_here_as_root() -> bool {
    let debian = fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    let root = run::read(run::command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    debian && root
}

pub fn install(package: &str) -> Result<()> {
    say("Installing", &format!("{package} (apt-get)"));
    let apt = || {
        let mut apt = run::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run::quietly("updating the package lists", apt().arg("update"))?;
    let what = format!("installing {package}");
    run::quietly(&what, apt().args(["install", "--yes", package]))
}
