//! Settings from the environment. Everything is read before any fault is reported, and every
//! fault is reported at once, by variable name.

use std::fmt::Display;
use std::str::FromStr;

type Lookup<'v> = Box<dyn Fn(&str) -> Option<String> + 'v>;

/// Reads variables and collects what is wrong with them.
pub struct Settings<'v> {
    lookup: Lookup<'v>,
    faults: Vec<String>,
}

/// Everything that is wrong with the settings.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used:\n{}", .0.join("\n"))]
pub struct Faults(pub Vec<String>);

impl<'v> Settings<'v> {
    /// Reads the process's environment.
    pub fn from_env() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }

    /// Reads whatever `lookup` finds. Blank counts as absent.
    pub fn new(lookup: impl Fn(&str) -> Option<String> + 'v) -> Self {
        Self { lookup: Box::new(lookup), faults: Vec::new() }
    }

    /// A variable that may be absent.
    pub fn optional<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let text = (self.lookup)(name).filter(|text| !text.trim().is_empty())?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.faults.push(format!("  {name}={text:?}: {error}"));
                None
            }
        }
    }

    /// A secret that may be absent. What is wrong with it is said without repeating it.
    pub fn secret<T: FromStr<Err: Display>>(&mut self, name: &str) -> Option<T> {
        let text = (self.lookup)(name).filter(|text| !text.trim().is_empty())?;
        text.parse().map_err(|error| self.faults.push(format!("  {name}: {error}"))).ok()
    }

    /// A variable with a default that is right for everybody.
    pub fn or<T: FromStr<Err: Display>>(&mut self, name: &str, default: T) -> T {
        self.optional(name).unwrap_or(default)
    }

    /// A variable that has to be set; `meaning` says to what. Where it is absent or wrong, a fault
    /// is noted and `stand_in` returned, so that reading goes on.
    pub fn required<T: FromStr<Err: Display>>(&mut self, name: &str, meaning: &str, stand_in: T) -> T {
        let noted = self.faults.len();
        let value = self.optional(name);
        if value.is_none() && self.faults.len() == noted {
            self.faults.push(format!("  {name} is not set: {meaning}"));
        }
        value.unwrap_or(stand_in)
    }

    /// At least one of these has to be set; `meaning` says why.
    pub fn needs_one(&mut self, names: &[&str], meaning: &str) {
        let is_set = |name: &&str| (self.lookup)(name).is_some_and(|text| !text.trim().is_empty());
        if !names.iter().any(is_set) {
            self.faults.push(format!("  {} is not set: {meaning}", names.join(" or ")));
        }
    }

    /// Ends reading: what was read, or every fault.
    pub fn finish<T>(self, settings: T) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(settings) } else { Err(Faults(self.faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_reported_at_once() {
        let mut settings = Settings::new(|name| (name == "PORT").then(|| "many".to_owned()));
        settings.required("TABLE", "the table's name", String::new());
        settings.or("PORT", 1_u16);
        settings.or("OTHER", 1_u16);
        let faults = settings.finish(()).expect_err("two faults");
        assert_eq!(
            faults.to_string(),
            "the settings cannot be used:\n  TABLE is not set: the table's name\n  PORT=\"many\": invalid digit found in string"
        );
    }
}
