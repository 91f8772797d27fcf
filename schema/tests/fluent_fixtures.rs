//! Fluent's own cases for resolvers: the fixtures of `fluent-bundle` 0.10.2, which the test command
//! fetches. Each case is imported, checked, compiled, written as JSON, read back and evaluated; it says
//! what Fluent says, or what we specify instead, for a reason of [`DIFFERENCES`].

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use copydesk_schema::formats::{Imported, ftl};
use copydesk_schema::message::check::{Code, Context, check};
use copydesk_schema::message::{Arguments, Broken, Message, Parsed, Value, compile, evaluate, read, text};
use copydesk_schema::{EntryKey, Kind, Locale, Pattern};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// A fixture file. Fields that are not known here fail the test: they might change what a case means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    suites: Vec<Level>,
}

/// A suite, or a test in one: both bring resources and settings for what is below.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    name: String,
    /// Fluent's own runner passes some over; here they are cases like any other.
    #[serde(default, rename = "skip")]
    _skip: IgnoredAny,
    #[serde(default)]
    bundles: Vec<Bundle>,
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    tests: Vec<Level>,
    #[serde(default)]
    suites: Vec<Level>,
    #[serde(default)]
    asserts: Vec<Assert>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    #[serde(rename = "useIsolating")]
    use_isolating: Option<bool>,
    locales: Option<Vec<Locale>>,
    /// Whatever a site's code would add to Fluent: we have neither.
    #[serde(default, rename = "functions")]
    _functions: IgnoredAny,
    #[serde(default, rename = "transform")]
    _transform: IgnoredAny,
    #[serde(default)]
    errors: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resource {
    source: String,
    #[serde(default)]
    errors: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assert {
    id: String,
    attribute: Option<String>,
    #[serde(default)]
    args: BTreeMap<String, Argument>,
    value: Option<String>,
    missing: Option<bool>,
    #[serde(default)]
    errors: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Argument {
    Number(f64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    bundle: Bundle,
}

/// What holds at one place of a file.
#[derive(Clone)]
struct Scope<'f> {
    /// The file's name, and the way down from there.
    path: Vec<&'f str>,
    resources: Vec<&'f Resource>,
    /// The innermost settings, then those of all files.
    bundles: Vec<&'f Bundle>,
}

/// One assertion, with all that holds for it.
struct Case<'f> {
    scope: Scope<'f>,
    assert: &'f Assert,
}

/// What a case comes to: what is shown, or why nothing is.
type Outcome = Result<String, String>;

/// One page's copy.
type Copy = BTreeMap<EntryKey, Pattern>;

/// All cases at and below a place.
fn cases<'f>(level: &'f Level, above: &Scope<'f>) -> Vec<Case<'f>> {
    let mut scope = above.clone();
    scope.path.push(&level.name);
    scope.resources.extend(&level.resources);
    assert!(level.bundles.len() <= 1, "{:?} has more than one bundle", scope.path);
    scope.bundles.splice(0..0, &level.bundles);
    let below = level.tests.iter().chain(&level.suites).flat_map(|level| cases(level, &scope));
    let here = level.asserts.iter().map(|assert| Case { scope: scope.clone(), assert });
    here.chain(below).collect()
}

impl Case<'_> {
    fn locale(&self) -> &Locale {
        self.scope.bundles.iter().find_map(|bundle| bundle.locales.as_ref()?.first()).unwrap()
    }

    fn isolates(&self) -> bool {
        self.scope.bundles.iter().find_map(|bundle| bundle.use_isolating).unwrap()
    }

    /// Our name for what is asked for.
    fn key(&self) -> String {
        let attribute = self.assert.attribute.as_ref().map(|name| format!(".{name}"));
        format!("{}{}", self.assert.id, attribute.unwrap_or_default())
    }

    fn arguments(&self) -> Arguments {
        let value = |argument: &Argument| match argument {
            Argument::Number(number) => Value::Number(*number),
            Argument::Text(text) => Value::Text(text.clone()),
        };
        self.assert.args.iter().map(|(name, argument)| (name.clone(), value(argument))).collect()
    }

    /// A page with all that the case may use.
    fn page(&self) -> Imported {
        let sources: Vec<&str> = self.scope.resources.iter().map(|resource| resource.source.as_str()).collect();
        ftl::parse(&sources.join("\n"))
    }

    /// How much of it Fluent's parser and bundle refuse.
    fn refused(&self) -> usize {
        let in_resources: usize = self.scope.resources.iter().map(|resource| resource.errors.len()).sum();
        in_resources + self.scope.bundles.iter().map(|bundle| bundle.errors.len()).sum::<usize>()
    }

    /// What Fluent shows.
    fn theirs(&self) -> String {
        self.assert.missing.map_or_else(|| self.assert.value.clone().unwrap(), presence)
    }

    /// What we show.
    fn ours(&self, page: Imported) -> Outcome {
        let copy: Copy = page.messages.into_iter().map(|message| (message.key, message.value)).collect();
        if self.assert.missing.is_some() {
            // Terms are not shown by themselves.
            let shown = |key: &EntryKey| !key.is_term() && key.split_attribute().0 == self.assert.id;
            return Ok(presence(!copy.keys().any(shown)));
        }
        let message = self.formed(&copy)?;
        let pieces = evaluate(&message, self.locale(), &self.arguments()).map_err(|failure| failure.to_string())?;
        let shown = text(&pieces);
        Ok(if self.isolates() { shown } else { shown.replace(['\u{2068}', '\u{2069}'], "") })
    }

    /// The message as it is delivered.
    fn formed(&self, copy: &Copy) -> Result<Message, String> {
        let entry = |key: &str| copy.get(&key.parse::<EntryKey>().unwrap());
        let pattern = entry(&self.key()).ok_or("no entry")?;
        let find = |key: &str| entry(key).map(|pattern| Arc::new(read(pattern, Kind::Text)));
        let formed = compile(&read(pattern, Kind::Text), Kind::Text, self.locale(), &find);
        self.assert_said(pattern, &find, formed.as_ref().err());
        let json = serde_json::to_value(formed.map_err(|broken| broken.to_string())?).unwrap();
        Ok(Message::from_json(json).unwrap())
    }

    /// Who saves a value hears whether it can be formed.
    fn assert_said(&self, pattern: &Pattern, find: &dyn Fn(&str) -> Option<Arc<Parsed>>, broken: Option<&Broken>) {
        let locale = self.locale();
        let context = Context { kind: Kind::Text, term: false, locale, max_length: None, source: None, find };
        let said = check(pattern, &context).into_iter().map(|finding| finding.code);
        let said: Vec<Code> = said.filter(|code| UNFORMED.contains(code)).collect();
        let is_said = broken.map_or(said.is_empty(), |broken| said.contains(&code(broken)));
        assert!(is_said, "{:?}: {broken:?}, but {said:?} is said of it", self.scope.path);
    }
}

fn presence(missing: bool) -> String {
    if missing { "missing" } else { "there" }.to_owned()
}

/// The findings that say that a value cannot be formed.
const UNFORMED: [Code; 6] = [
    Code::UnknownFunction,
    Code::FunctionArgument,
    Code::MissingReference,
    Code::ReferenceCycle,
    Code::ReferenceDepth,
    Code::TermArgument,
];

fn code(broken: &Broken) -> Code {
    match broken {
        Broken::UnknownFunction(_) => Code::UnknownFunction,
        Broken::Argument(..) => Code::FunctionArgument,
        Broken::Missing(_) => Code::MissingReference,
        Broken::Cycle(_) => Code::ReferenceCycle,
        Broken::TooDeep | Broken::TooLarge => Code::ReferenceDepth,
        Broken::MissingArgument(_) => Code::TermArgument,
    }
}

/// What holds for all files, in a file of its own.
const DEFAULTS: &str = "defaults.yaml";

/// Where the test command has put the crate.
fn folder() -> PathBuf {
    let crates = std::env::var_os("COPYDESK_TEST_FLUENT");
    let found = crates.expect("COPYDESK_TEST_FLUENT names no folder with Fluent's fixtures: run `cargo xtask test`");
    Path::new(&found).join("tests/fixtures")
}

fn yaml<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Why what we say is not what Fluent says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// The page keeps its own text (schema/README.md, evaluators, 2), where Fluent shows `{$name}` or
    /// the default.
    MissingVariable,
    /// What cannot be formed is missing (docs/decisions/0007), where Fluent shows the reference itself.
    MissingReference,
    /// The same of a term that shows an argument which it is not given, where Fluent shows its name.
    TermArgument,
    /// The same of a function that nobody knows, where Fluent shows its name.
    UnknownFunction,
    /// The same of a function that a site's code would bring along: there are NUMBER and DATETIME.
    OwnFunction,
    /// The same of what contains itself, where Fluent shows the reference or the default.
    Cycle,
    /// The same where the visitor's arguments would have led around it: references are filled in before.
    CycleNotTaken,
    /// The same of what grows too large.
    TooLarge,
    /// Attributes are entries of their own, and a message with nothing else has none.
    NoValue,
    /// Nothing changes words on their way.
    Transform,
    /// References are not isolated (schema/README.md, evaluators, 5); only Fluent for JavaScript did that.
    Isolation,
    /// Of two with one name in a file the first is taken; Fluent can be told to take the last.
    FirstStays,
}

/// What Fluent does in a case that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fluent {
    /// It shows something, and reports an error.
    Reports,
    /// It shows something, and nothing is wrong with that.
    Shows,
}

/// Cases of one file that differ in the same way: why, the file, all their keys, how many cases, what
/// Fluent does, what we do.
type Difference = (Reason, &'static str, &'static [&'static str], usize, Fluent, Result<&'static str, &'static str>);

use Fluent::{Reports, Shows};
use Reason::{
    Cycle, CycleNotTaken, FirstStays, Isolation, MissingReference, MissingVariable, NoValue, OwnFunction, TermArgument,
    TooLarge, Transform, UnknownFunction,
};

const IDENTITY: &[&str] =
    &["pass-nothing", "pass-string", "pass-number", "pass-message", "pass-attr", "pass-variable", "pass-function-call"];
const NOT_GIVEN: &[&str] = &[
    "ref-foo",
    "call-foo-no-args",
    "call-foo-with-other-arg",
    "ref-bar",
    "call-bar",
    "ref-baz",
    "call-bar-no-args",
    "call-baz-no-args",
    "call-bar-with-arg",
    "call-baz-with-arg",
];
const LARGE: &str =
    "with all references filled in it is larger than 262144 bytes or 10000 parts, or nested more than 32 deep";

/// All of them: what is not here is the same.
const DIFFERENCES: &[Difference] = &[
    (MissingVariable, "arguments", &["foo"], 1, Reports, Err("$arg is missing")),
    (MissingVariable, "errors", &["foo"], 1, Reports, Err("$one is missing")),
    (MissingVariable, "select_expression", &["select"], 1, Reports, Err("$none is missing")),
    (MissingVariable, "values_format", &["key2", "key4"], 2, Reports, Err("$sel is missing")),
    (MissingReference, "attributes", &["ref-foo"], 1, Reports, Err("it refers to foo.missing, which has no value")),
    (MissingReference, "attributes", &["ref-bar"], 1, Reports, Err("it refers to bar.missing, which has no value")),
    (MissingReference, "attributes", &["ref-baz"], 1, Reports, Err("it refers to baz.missing, which has no value")),
    (MissingReference, "attributes", &["ref-qux"], 1, Reports, Err("it refers to qux.missing, which has no value")),
    (MissingReference, "context", &["baz"], 1, Reports, Err("it refers to foo, which has no value")),
    (MissingReference, "context", &["qux"], 1, Reports, Err("it refers to -bar, which has no value")),
    (
        MissingReference,
        "patterns",
        &["ref-missing-message"],
        1,
        Reports,
        Err("it refers to missing, which has no value"),
    ),
    (MissingReference, "patterns", &["ref-missing-term"], 1, Reports, Err("it refers to -missing, which has no value")),
    (MissingReference, "patterns", &["bar"], 1, Reports, Err("it refers to foo, which has no value")),
    (MissingReference, "values_ref", &["ref5"], 1, Reports, Err("it refers to key5, which has no value")),
    (MissingReference, "values_ref", &["ref12"], 1, Reports, Err("it refers to key5.c, which has no value")),
    (MissingReference, "values_ref", &["ref13"], 1, Reports, Err("it refers to key6, which has no value")),
    (MissingReference, "values_ref", &["ref14"], 1, Reports, Err("it refers to key6.a, which has no value")),
    (MissingReference, "values_ref", &["ref15"], 1, Reports, Err("it refers to -key6, which has no value")),
    (MissingReference, "values_ref", &["ref16"], 1, Reports, Err("it refers to -key6.a, which has no value")),
    (TermArgument, "macros", NOT_GIVEN, 22, Shows, Err("the term uses $arg, which it was not given")),
    (UnknownFunction, "context", &["fn"], 1, Reports, Err("there is no function FN; use NUMBER or DATETIME")),
    (UnknownFunction, "functions", &["foo"], 1, Reports, Err("there is no function MISSING; use NUMBER or DATETIME")),
    (OwnFunction, "functions", IDENTITY, 7, Shows, Err("there is no function IDENTITY; use NUMBER or DATETIME")),
    (OwnFunction, "functions_runtime", &["foo"], 1, Shows, Err("there is no function CONCAT; use NUMBER or DATETIME")),
    (OwnFunction, "functions_runtime", &["bar"], 1, Shows, Err("there is no function SUM; use NUMBER or DATETIME")),
    (Cycle, "patterns", &["foo"], 1, Reports, Err("it refers to itself by way of bar")),
    (Cycle, "patterns", &["foo"], 2, Reports, Err("it refers to itself by way of foo")),
    (Cycle, "patterns", &["foo"], 2, Reports, Err("it refers to itself by way of -foo")),
    (CycleNotTaken, "patterns", &["foo"], 1, Shows, Err("it refers to itself by way of foo")),
    (TooLarge, "bomb", &["lolz"], 1, Reports, Err(LARGE)),
    (NoValue, "patterns", &["foo"], 1, Shows, Err("no entry")),
    (NoValue, "values_format", &["key5"], 1, Reports, Err("no entry")),
    (Transform, "transform", &["foo", "qux"], 2, Shows, Ok("Faa")),
    (Transform, "transform", &["foo.bar"], 1, Shows, Ok("Bar Faa Baz")),
    (Transform, "transform", &["bar"], 1, Shows, Ok("Bar Baz")),
    (Transform, "transform", &["arg"], 1, Shows, Ok("Faa aaa")),
    (Isolation, "isolating", &["bar"], 1, Shows, Ok("Foo Bar")),
    (Isolation, "isolating", &["qux"], 1, Shows, Ok("Foo Bar \u{2068}Arg\u{2069} Baz")),
    (FirstStays, "context", &["key"], 1, Shows, Ok("Foo")),
];

/// What all cases came to.
#[derive(Default)]
struct Totals {
    files: usize,
    same: usize,
    /// The keys of the cases of each difference.
    differing: Vec<Vec<String>>,
    unexplained: Vec<String>,
}

impl Totals {
    fn file(&mut self, path: &Path, defaults: &Bundle) {
        self.files += 1;
        let file: File = yaml(path);
        let name = path.file_stem().and_then(OsStr::to_str).unwrap();
        let scope = Scope { path: vec![name], resources: Vec::new(), bundles: vec![defaults] };
        for case in file.suites.iter().flat_map(|suite| cases(suite, &scope)) {
            self.case(&case);
        }
    }

    fn case(&mut self, case: &Case<'_>) {
        let (key, path, theirs) = (case.key(), &case.scope.path, case.theirs());
        let page = case.page();
        let refused = page.skipped.len();
        let ours = case.ours(page);
        let fluent = if case.assert.errors.is_empty() { Shows } else { Reports };
        if ours.as_ref() == Ok(&theirs) && fluent == Shows {
            assert_eq!(refused, case.refused(), "{path:?}: not taken by import");
            self.same += 1;
            return;
        }
        let explains = |(_, file, keys, _, theirs, expected): &Difference| {
            let is_it = (*file, *theirs) == (path[0], fluent) && keys.contains(&key.as_str());
            is_it && *expected == ours.as_deref().map_err(String::as_str)
        };
        match DIFFERENCES.iter().position(explains) {
            Some(index) => {
                let more = usize::from(DIFFERENCES[index].0 == FirstStays);
                assert_eq!(refused, case.refused() + more, "{path:?}: not taken by import");
                self.differing[index].push(key);
            }
            None => self.unexplained.push(format!("{path:?} {key}: {theirs:?} ({fluent:?})\n  {ours:?}")),
        }
    }

    fn by_reason(&self) -> BTreeMap<Reason, usize> {
        let mut reasons = BTreeMap::new();
        for ((reason, ..), keys) in DIFFERENCES.iter().zip(&self.differing) {
            *reasons.entry(*reason).or_default() += keys.len();
        }
        reasons
    }
}

#[test]
fn every_case_says_what_fluent_says_or_differs_on_purpose() {
    let defaults: Defaults = yaml(&folder().join(DEFAULTS));
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut totals = Totals { differing: vec![Vec::new(); DIFFERENCES.len()], ..Totals::default() };
    for file in files.filter(|file| !file.ends_with(DEFAULTS)) {
        totals.file(&file, &defaults.bundle);
    }
    let different: usize = totals.differing.iter().map(Vec::len).sum();
    println!("{} files, {} cases as Fluent says, {different} different on purpose:", totals.files, totals.same);
    println!("{:#?}", totals.by_reason());
    let unexplained = &totals.unexplained;
    assert!(unexplained.is_empty(), "{} without a reason\n{}", unexplained.len(), unexplained.join("\n"));
    for ((reason, file, keys, cases, ..), found) in DIFFERENCES.iter().zip(&totals.differing) {
        let is_found = |key: &&str| found.iter().any(|found| found == key);
        assert!(
            found.len() == *cases && keys.iter().all(is_found),
            "{reason:?} in {file}: {cases} of {keys:?}; {found:?}"
        );
    }
    assert_eq!((totals.files, totals.same, different), (16, 110, 70));
}
