//! Objects in a folder: each one file, replaced as a whole or not at all, durable when
//! acknowledged.
//!
//! A file is named by the SHA-256 of its key, since keys may be longer than file names and may
//! nest. It begins with one line of JSON about the object; the body follows. What is hot stays in
//! memory; an object that may change is compared with its file at every read, so that another
//! process may write the folder that this one delivers from.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use copydesk_schema::delivered::sha256_hex;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};

/// Bytes of objects that stay in memory.
const HOT_BYTES: u64 = 32 * 1024 * 1024;
/// Locks for compare-and-swap; keys share them by hash.
const LOCKS: usize = 64;

/// What a file says about its object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The object's key.
    pub key: String,
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: String,
    /// The entity tag, without quotes.
    pub etag: String,
    /// When it was written.
    pub modified: Timestamp,
}

/// An object in memory.
#[derive(Debug)]
pub struct Stored {
    /// What it is.
    pub about: About,
    /// Its bytes.
    pub body: Bytes,
    /// Its bytes in brotli, once somebody wanted them; `None` where that saves nothing.
    pub brotli: OnceLock<Option<Bytes>>,
    /// Its bytes in gzip, likewise.
    pub gzip: OnceLock<Option<Bytes>>,
    file: FileStamp,
}

/// Tells one version of a file from the next.
type FileStamp = (u64, i64, i64);

/// What must hold of the object before it is replaced.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// It must not exist.
    pub absent: bool,
    /// It must have this entity tag.
    pub etag: Option<String>,
}

/// Why an object was not written.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// A condition did not hold.
    #[error("the object is not as expected")]
    Precondition,
    /// The folder cannot be written or read.
    #[error("the folder {0}: {1}")]
    Io(String, #[source] io::Error),
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Arc<Stored>> for Weight {
    fn weight(&self, key: &String, stored: &Arc<Stored>) -> u64 {
        // Compressed copies may come later.
        (key.len() + stored.body.len() * 2 + 512) as u64
    }
}

/// A folder of objects.
pub struct ObjectFolder {
    root: PathBuf,
    clock: Clock,
    hot: Cache<String, Arc<Stored>, Weight>,
    locks: Vec<Mutex<()>>,
}

impl std::fmt::Debug for ObjectFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ObjectFolder({})", self.root.display())
    }
}

impl ObjectFolder {
    /// Opens a folder, or makes it.
    pub fn open(root: &Path, clock: Clock) -> Result<Self, ObjectError> {
        let folder = Self {
            root: root.to_owned(),
            clock,
            hot: Cache::with_weighter(20_000, HOT_BYTES, Weight),
            locks: (0..LOCKS).map(|_| Mutex::default()).collect(),
        };
        folder.io(fs::create_dir_all(folder.unfinished()))?;
        for shelf in 0..=255_u8 {
            folder.io(fs::create_dir_all(root.join(format!("{shelf:02x}"))))?;
        }
        Ok(folder)
    }

    /// Removes what a crash left unfinished. Only for the process that writes the folder.
    pub fn tidy(&self) -> Result<(), ObjectError> {
        for entry in self.io(fs::read_dir(self.unfinished()))? {
            self.io(entry.and_then(|entry| fs::remove_file(entry.path())))?;
        }
        Ok(())
    }

    /// The object, from memory when that is still right. Reads a file otherwise: blocking.
    pub fn get(&self, key: &str) -> Result<Option<Arc<Stored>>, ObjectError> {
        if let Some(stored) = self.hot(key) {
            return Ok(Some(stored));
        }
        let Some(stored) = self.read(key)? else { return Ok(None) };
        let stored = Arc::new(stored);
        self.hot.insert(key.to_owned(), Arc::clone(&stored));
        Ok(Some(stored))
    }

    /// The object, if it is in memory and still right. Costs at most one `stat`.
    pub fn hot(&self, key: &str) -> Option<Arc<Stored>> {
        let stored = self.hot.get(key)?;
        if stored.about.cache_control.contains("immutable") {
            return Some(stored);
        }
        let current = fs::metadata(self.path(key)).ok().map(|meta| stamp(&meta));
        (current == Some(stored.file)).then_some(stored)
    }

    /// Writes an object; its entity tag. Durable on return. Blocking.
    pub fn put(
        &self,
        key: &str,
        content_type: &str,
        cache_control: &str,
        body: &[u8],
        conditions: &Conditions,
    ) -> Result<String, ObjectError> {
        let about = About {
            key: key.to_owned(),
            content_type: content_type.to_owned(),
            cache_control: cache_control.to_owned(),
            etag: entity_tag(body),
            modified: self.clock.now(),
        };
        let path = self.path(key);
        // Most losers of a race are known before anything is written.
        self.check(key, conditions)?;
        let unfinished = self.io(self.write_unfinished(&about, body))?;
        let _only_one = self.lock(&path);
        if let Err(lost) = self.check(key, conditions) {
            self.io(fs::remove_file(&unfinished))?;
            return Err(lost);
        }
        self.io(fs::rename(&unfinished, &path))?;
        self.io(sync_folder(&path))?;
        self.hot.remove(key);
        Ok(about.etag)
    }

    /// Removes an object, if it is there. Durable on return. Blocking.
    pub fn delete(&self, key: &str) -> Result<(), ObjectError> {
        let path = self.path(key);
        let _only_one = self.lock(&path);
        self.hot.remove(key);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => self.io(removed.and_then(|()| sync_folder(&path))),
        }
    }

    fn check(&self, key: &str, conditions: &Conditions) -> Result<(), ObjectError> {
        if !conditions.absent && conditions.etag.is_none() {
            return Ok(());
        }
        let current = self.get(key)?.map(|stored| stored.about.etag.clone());
        let holds = if conditions.absent { current.is_none() } else { current == conditions.etag };
        if holds { Ok(()) } else { Err(ObjectError::Precondition) }
    }

    fn write_unfinished(&self, about: &About, body: &[u8]) -> io::Result<PathBuf> {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = self.unfinished().join(format!("{}-{number}", std::process::id()));
        let mut bytes = serde_json::to_vec(about)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(body);
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(&bytes)?;
            file.sync_data()
        });
        if written.is_err() {
            // Out of space, most likely: give back what was taken. The first error is the one to tell.
            let _ = fs::remove_file(&path);
        }
        written.map(|()| path)
    }

    fn read(&self, key: &str) -> Result<Option<Stored>, ObjectError> {
        let path = self.path(key);
        let mut file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => self.io(opened)?,
        };
        let file_stamp = stamp(&self.io(file.metadata())?);
        let mut bytes = Vec::new();
        self.io(io::Read::read_to_end(&mut file, &mut bytes))?;
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let about: About = self.io(serde_json::from_slice(&bytes[..end]).map_err(io::Error::from))?;
        let body = Bytes::from(bytes).slice((end + 1)..);
        let (brotli, gzip) = Default::default();
        Ok(Some(Stored { about, body, brotli, gzip, file: file_stamp }))
    }

    fn path(&self, key: &str) -> PathBuf {
        let name = sha256_hex(key.as_bytes());
        self.root.join(&name[..2]).join(name)
    }

    fn unfinished(&self) -> PathBuf {
        self.root.join("unfinished")
    }

    fn lock(&self, path: &Path) -> std::sync::MutexGuard<'_, ()> {
        let sum: usize = path.as_os_str().as_encoded_bytes().iter().map(|byte| usize::from(*byte)).sum();
        self.locks[sum % LOCKS].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn io<T>(&self, result: io::Result<T>) -> Result<T, ObjectError> {
        result.map_err(|error| ObjectError::Io(self.root.display().to_string(), error))
    }
}

/// Tells one version of an object from the next. Not a secret and not kept in step with anything
/// else, so a fast hash does.
fn entity_tag(body: &[u8]) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hasher::write(&mut hasher, body);
    format!("{:016x}{:08x}", std::hash::Hasher::finish(&hasher), body.len())
}

fn stamp(meta: &fs::Metadata) -> FileStamp {
    (meta.ino(), meta.mtime(), meta.mtime_nsec())
}

/// Makes a rename or removal in the file's folder durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests;
