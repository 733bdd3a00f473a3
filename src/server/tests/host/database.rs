//! Database files for tests.

use std::{fs, path::Path};

/// A file that isn't there yet, and is gone when dropped.
pub struct File(String);

impl File {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let file = folder.join(format!("{name}-{}.db", std::process::id()));
        let file = Self(file.to_str().expect("the path is text").to_owned());
        file.remove();
        file
    }

    pub fn path(&self) -> &str {
        &self.0
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            // Mostly there is nothing to remove.
            let _ = fs::remove_file(format!("{}{end}", self.0));
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}
