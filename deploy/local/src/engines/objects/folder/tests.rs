use super::*;

struct Temp(PathBuf);

impl Temp {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("copydesk-objects-{name}-{}", std::process::id()));
        Self(path)
    }

    fn open(&self) -> ObjectFolder {
        ObjectFolder::open(&self.0, Clock::system()).expect("a folder")
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn put(folder: &ObjectFolder, key: &str, body: &str, conditions: &Conditions) -> Result<String, ObjectError> {
    folder.put(key, "text/plain", "no-cache", body.as_bytes(), conditions)
}

#[test]
fn of_racing_writers_exactly_one_wins() {
    let temp = Temp::new("race");
    let folder = temp.open();
    let absent = Conditions { absent: true, etag: None };
    let wins: usize = std::thread::scope(|scope| {
        let writer = |n: usize| {
            let (folder, absent) = (&folder, &absent);
            scope.spawn(move || usize::from(put(folder, "a/b", &format!("writer {n}"), absent).is_ok()))
        };
        let writers: Vec<_> = (0..16).map(writer).collect();
        writers.into_iter().map(|writer| writer.join().expect("no panic")).sum()
    });
    assert_eq!(wins, 1);

    let etag = folder.get("a/b").expect("readable").expect("there").about.etag.clone();
    let swap = Conditions { absent: false, etag: Some(etag) };
    put(&folder, "a/b", "swapped", &swap).expect("the tag fits");
    assert!(matches!(put(&folder, "a/b", "again", &swap), Err(ObjectError::Precondition)));
}

#[test]
fn keys_may_nest_and_be_long_and_survive_a_restart() {
    let temp = Temp::new("nest");
    let long = "k".repeat(1000);
    for key in ["dir", "dir/child", "../../escape", long.as_str()] {
        put(&temp.open(), key, key, &Conditions::default()).expect("written");
    }
    for key in ["dir", "dir/child", "../../escape", long.as_str()] {
        let stored = temp.open().get(key).expect("readable").expect("there");
        assert_eq!(stored.body, key.as_bytes());
    }
    assert!(!temp.0.parent().expect("a parent").join("escape").exists());
}

#[test]
fn another_process_sees_what_was_replaced_and_removed() {
    let temp = Temp::new("shared");
    let (writer, reader) = (temp.open(), temp.open());
    put(&writer, "live", "one", &Conditions::default()).expect("written");
    assert_eq!(reader.get("live").expect("readable").expect("there").body, "one");
    put(&writer, "live", "two", &Conditions::default()).expect("written");
    assert_eq!(reader.get("live").expect("readable").expect("there").body, "two");
    writer.delete("live").expect("removed");
    assert!(reader.get("live").expect("readable").is_none());
}
