//! The data folder: one process at a time, one owner token, everything that has to be kept.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use copydesk_schema::delivered::sha256_hex;
use copydesk_server::Links;

/// A data folder that this process alone may write, for as long as this lives.
#[derive(Debug)]
pub struct DataFolder {
    root: PathBuf,
    _lock: File,
}

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Another process has it.
    #[error("the data folder {0} is in use by another copydesk process; end that one or choose another with --data")]
    InUse(PathBuf),
    /// It cannot be read or written.
    #[error("the data folder {0} cannot be used: {1}")]
    Io(PathBuf, #[source] std::io::Error),
}

impl DataFolder {
    /// Opens the folder, or makes it, and locks it.
    pub fn open(root: &Path) -> Result<Self, DataError> {
        let io = |error| DataError::Io(root.to_owned(), error);
        DirBuilder::new().recursive(true).mode(0o700).create(root).map_err(io)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(root.join("lock")).map_err(io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DataError::InUse(root.to_owned())),
            Err(TryLockError::Error(error)) => Err(io(error)),
        }
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        database(&self.root)
    }

    /// The folder of delivered objects.
    pub fn objects(&self) -> PathBuf {
        objects(&self.root)
    }

    /// The file with the owner's token.
    pub fn token_file(&self) -> PathBuf {
        token_file(&self.root)
    }

    /// The key that sign-ins are signed with; made at first use, readable by its owner only.
    pub fn session_key(&self) -> Result<Vec<u8>, DataError> {
        let (path, io) = (self.root.join("session-key"), |error| DataError::Io(self.root.clone(), error));
        if let Ok(key) = fs::read(&path) {
            return Ok(key);
        }
        let key = Links::new_key().map_err(io)?;
        write_private(&path, &key).map_err(io)?;
        Ok(key)
    }

    /// The owner's token; made at first use, readable by its owner only.
    pub fn owner_token(&self) -> Result<String, DataError> {
        let (path, io) = (self.token_file(), |error| DataError::Io(self.root.clone(), error));
        if let Ok(token) = fs::read_to_string(&path) {
            return Ok(token.trim().to_owned());
        }
        let token = fresh_token().map_err(io)?;
        write_private(&path, format!("{token}\n").as_bytes()).map_err(io)?;
        Ok(token)
    }
}

/// A new file that only its owner reads.
fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Where a data folder keeps its database.
pub fn database(root: &Path) -> PathBuf {
    root.join("table.db")
}

/// Where a data folder keeps its delivered objects.
pub fn objects(root: &Path) -> PathBuf {
    root.join("objects")
}

/// Where a data folder keeps the log of views.
pub fn views(root: &Path) -> PathBuf {
    root.join("views.log")
}

/// Where a data folder keeps its owner's token.
pub fn token_file(root: &Path) -> PathBuf {
    root.join("owner-token")
}

/// 256 bits from the system's source of randomness, hashed to hex.
fn fresh_token() -> std::io::Result<String> {
    let mut bytes = [0_u8; 32];
    std::io::Read::read_exact(&mut File::open("/dev/urandom")?, &mut bytes)?;
    Ok(sha256_hex(&bytes))
}
