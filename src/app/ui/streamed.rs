//! A file made in the browser a piece at a time, without ever being whole in its memory.
//!
//! The pieces go to the origin's private file system on the disk
//! (<https://fs.spec.whatwg.org/#origin-private-file-system>) as they come, and the browser takes
//! the file from there: unlike with `showSaveFilePicker`, nobody is asked for a place, and Firefox
//! has it, too. Where there is no such file system, as in a private window, the browser holds the
//! pieces.

use js_sys::{Array, Date, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemRemoveOptions, FileSystemWritableFileStream,
};

use super::file::{KEPT_FOR, blob, save_blob};

/// The folder of the files under way.
const FOLDER: &str = "exports";

pub struct StreamedFile {
    /// Its media type.
    kind: &'static str,
    place: Place,
}

enum Place {
    Disk(OnDisk),
    Memory(Array),
}

struct OnDisk {
    folder: FileSystemDirectoryHandle,
    name: String,
    file: FileSystemFileHandle,
    stream: FileSystemWritableFileStream,
}

impl StreamedFile {
    pub async fn new(kind: &'static str) -> Self {
        let place = OnDisk::new().await.map_or_else(|| Place::Memory(Array::new()), Place::Disk);
        Self { kind, place }
    }

    /// Writes the next piece; nothing where it can't be kept, as on a full disk.
    pub async fn push(&mut self, text: &str) -> Option<()> {
        match &self.place {
            Place::Disk(disk) => {
                let written = disk.stream.write_with_str(text).ok()?;
                JsFuture::from(written).await.ok().map(drop)
            }
            Place::Memory(pieces) => {
                // A blob is the browser's to keep, on its disk if it likes.
                pieces.push(&blob(self.kind, &Array::of1(&text.into()))?.into());
                Some(())
            }
        }
    }

    /// Hands the file to the browser; nothing where it does not take it.
    pub async fn save(self, name: &str) -> Option<()> {
        match self.place {
            Place::Disk(disk) => save_blob(name, &disk.finish(self.kind).await?),
            Place::Memory(pieces) => save_blob(name, &blob(self.kind, &pieces)?),
        }
    }

    /// Leaves nothing of what was written.
    pub async fn give_up(self) {
        if let Place::Disk(disk) = self.place {
            let _ = JsFuture::from(disk.stream.abort()).await;
            let _ = JsFuture::from(disk.folder.remove_entry(&disk.name)).await;
        }
    }
}

impl OnDisk {
    async fn new() -> Option<Self> {
        let storage = window().navigator().storage();
        // Only pages that came over https or from this machine have one.
        if !has(&storage, "getDirectory") {
            return None;
        }
        let root: FileSystemDirectoryHandle =
            JsFuture::from(storage.get_directory()).await.ok()?.unchecked_into();
        clear(&root).await;
        let make = FileSystemGetDirectoryOptions::new();
        make.set_create(true);
        let folder = root.get_directory_handle_with_options(FOLDER, &make);
        let folder: FileSystemDirectoryHandle = JsFuture::from(folder).await.ok()?.unchecked_into();
        let make = FileSystemGetFileOptions::new();
        make.set_create(true);
        let name = Date::now().to_string();
        let file = folder.get_file_handle_with_options(&name, &make);
        let file: FileSystemFileHandle = JsFuture::from(file).await.ok()?.unchecked_into();
        // Safari before 26 writes such files from workers alone.
        if !has(&file, "createWritable") {
            return None;
        }
        let stream = JsFuture::from(file.create_writable()).await.ok()?.unchecked_into();
        Some(Self { folder, name, file, stream })
    }

    /// What was written, as a blob that stays on the disk until the browser has taken it.
    async fn finish(self, kind: &str) -> Option<Blob> {
        JsFuture::from(self.stream.close()).await.ok()?;
        let file: Blob = JsFuture::from(self.file.get_file()).await.ok()?.unchecked_into();
        let remove = move || drop(self.folder.remove_entry(&self.name));
        set_timeout(remove, KEPT_FOR);
        file.slice_with_f64_and_f64_and_content_type(0.0, file.size(), kind).ok()
    }
}

/// Removes what pages that were closed too early have left. A file that is being written, by another
/// page, is locked and stays.
async fn clear(root: &FileSystemDirectoryHandle) {
    let all = FileSystemRemoveOptions::new();
    all.set_recursive(true);
    let _ = JsFuture::from(root.remove_entry_with_options(FOLDER, &all)).await;
}

fn has(of: &JsValue, what: &str) -> bool {
    Reflect::has(of, &what.into()).unwrap_or(false)
}
