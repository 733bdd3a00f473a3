//! The names of the app's files: `dist/`, as `cargo xtask build` leaves it, without forms of a file
//! (`NAME.br`, `NAME.gz`), hidden files, and `_headers`, which is for static hosts.

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut names = Vec::new();
    if let Ok(dist) = dist.canonicalize() {
        collect(&dist, "", &mut names)?;
    }
    names.sort_unstable();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("names.rs"), format!("&{names:?}"))?;
    Ok(())
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(own) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{own}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else if !own.starts_with('.')
            && own != "_headers"
            && !own.ends_with(".br")
            && !own.ends_with(".gz")
        {
            names.push(name);
        }
    }
    Ok(())
}
