//! The only place where `pk` and `sk` are spelled. Partition keys begin with the kind of thing, so
//! that access can be granted by leading key.

use crate::change::DraftId;
use crate::{Email, EntryKey, HookId, InvitationId, Locale, PageId, ProjectId, ReleaseNumber, Seq, Subject, TokenId};

/// Names of the attributes that keys, conditions and the index use.
pub mod attributes {
    /// Partition key.
    pub const PK: &str = "pk";
    /// Sort key.
    pub const SK: &str = "sk";
    /// Version of a head, last number of the tip.
    pub const SEQ: &str = "seq";
    /// Partition key of the jobs index; only waiting jobs have it.
    pub const JOB: &str = "job";
    /// Sort key of the jobs index: due time in milliseconds.
    pub const DUE: &str = "job_due";
    /// When the item may be forgotten, in seconds since 1970.
    pub const TTL: &str = "ttl";
    /// The sparse index of waiting jobs.
    pub const JOBS_INDEX: &str = "JOBS";
    /// The partition of the jobs index that holds what is asked of the publisher.
    pub const JOBS: &str = "JOBS";
    /// The partition of the jobs index that holds messages to webhooks.
    pub const HOOKS: &str = "HOOKS";
    /// The partition of the jobs index that holds how new each project's site script is.
    pub const SCRIPTS: &str = "SCRIPTS";
}

/// Events of one log partition.
const LOG_BLOCK: u64 = 1000;

/// Where one item lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// The project's own head.
    Project(&'a ProjectId),
    /// A locale's head.
    Locale(&'a ProjectId, &'a Locale),
    /// A page's head.
    Page(&'a ProjectId, &'a PageId),
    /// An entry's head.
    Entry(&'a ProjectId, &'a PageId, &'a EntryKey),
    /// The last number of the log.
    Tip(&'a ProjectId),
    /// A draft's head.
    Draft(&'a ProjectId, &'a DraftId),
    /// An event of the log.
    Event(&'a ProjectId, Seq),
    /// A request to the publisher.
    Request(&'a ProjectId, Seq),
    /// The mark that a request is not finished; carries the index attributes.
    Queue(&'a ProjectId, Seq),
    /// What is live and which numbers were given out.
    ReleaseHead(&'a ProjectId),
    /// A release.
    Release(&'a ProjectId, ReleaseNumber),
    /// Which publisher builds at the moment.
    Lease(&'a ProjectId),
    /// How far the log has been folded into file items.
    Fold(&'a ProjectId),
    /// How new the project's site script is; carries the index attributes.
    Script(&'a ProjectId),
    /// What is known of a page file's need to be built.
    File(&'a ProjectId, &'a Locale, &'a PageId),
    /// The result of a request made under an idempotency key.
    Idempotency(&'a ProjectId, &'a str),
    /// A member's head.
    Member(&'a ProjectId, &'a Subject),
    /// An invitation's head.
    Invitation(&'a ProjectId, &'a InvitationId),
    /// An API token's head.
    TokenHead(&'a ProjectId, &'a TokenId),
    /// A webhook's head.
    Hook(&'a ProjectId, &'a HookId),
    /// That a person belongs to a project.
    Membership(&'a Subject, &'a ProjectId),
    /// That an address is invited to a project.
    Invited(&'a Email, &'a ProjectId),
    /// What an API token opens.
    Token(&'a TokenId),
    /// What messages to a webhook are signed with.
    HookSecret(&'a ProjectId, &'a HookId),
    /// How a webhook is doing.
    HookStatus(&'a ProjectId, &'a HookId),
    /// A message to a webhook, by the event or request that it tells of.
    Delivery(&'a ProjectId, &'a HookId, Seq),
    /// Where a window of somebody's is at the moment.
    Presence(&'a ProjectId, &'a Subject, &'a str),
    /// A link that signs somebody in, by the SHA-256 of its code.
    Link(&'a str),
    /// A sign-in by a link.
    Session(&'a str),
    /// That a migration was applied.
    Migration(u32),
}

/// A run of items in one partition, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// The partition.
    pub pk: String,
    /// The first sort key.
    pub from: String,
    /// The last sort key.
    pub to: String,
}

impl Key<'_> {
    /// The partition key.
    pub fn pk(&self) -> String {
        match self {
            Self::Project(p)
            | Self::Locale(p, _)
            | Self::Page(p, _)
            | Self::Entry(p, ..)
            | Self::Member(p, _)
            | Self::Invitation(p, _)
            | Self::TokenHead(p, _)
            | Self::Hook(p, _) => format!("PROJECT#{p}"),
            Self::Tip(p) => format!("SEQ#{p}"),
            Self::Draft(p, at) => format!("DRAFT#{p}#{}", at.locale),
            Self::Event(p, seq) => format!("LOG#{p}#{}", seq.0 / LOG_BLOCK),
            Self::Request(p, _) | Self::Queue(p, _) => format!("REQUEST#{p}"),
            Self::ReleaseHead(p) | Self::Release(p, _) | Self::Lease(p) | Self::Fold(p) | Self::Script(p) => {
                format!("RELEASE#{p}")
            }
            Self::File(p, locale, _) => format!("FILE#{p}#{locale}"),
            Self::Idempotency(p, _) => format!("IDEM#{p}"),
            Self::Membership(user, _) => format!("USER#{user}"),
            Self::Invited(email, _) => format!("INVITED#{email}"),
            Self::Token(token) => format!("TOKEN#{token}"),
            Self::HookSecret(p, _) | Self::HookStatus(p, _) | Self::Delivery(p, ..) => format!("HOOK#{p}"),
            Self::Presence(p, ..) => format!("PRESENCE#{p}"),
            Self::Link(sha256) => format!("LINK#{sha256}"),
            Self::Session(family) => format!("SESSION#{family}"),
            Self::Migration(_) => "MIGRATION".to_owned(),
        }
    }

    /// The sort key.
    pub fn sk(&self) -> String {
        match self {
            Self::Project(_) => "META".to_owned(),
            Self::Locale(_, locale) => format!("LOCALE#{locale}"),
            Self::Page(_, page) => format!("PAGE#{page}"),
            Self::Entry(_, page, key) => format!("ENTRY#{page}#{key}"),
            Self::Tip(_) => "SEQ".to_owned(),
            Self::Draft(_, at) => format!("{}#{}", at.page, at.key),
            Self::Event(_, seq) => padded(seq.0),
            Self::Request(_, request) => format!("R#{}", padded(request.0)),
            Self::Queue(_, request) => format!("Q#{}", padded(request.0)),
            Self::ReleaseHead(_) => "HEAD".to_owned(),
            Self::Release(_, n) => format!("R#{}", padded(n.0)),
            Self::Lease(_) => "LEASE".to_owned(),
            Self::Fold(_) => "FOLD".to_owned(),
            Self::Script(_) => "SCRIPT".to_owned(),
            Self::File(_, _, page) => page.to_string(),
            Self::Idempotency(_, key) => (*key).to_owned(),
            Self::Member(_, subject) => format!("MEMBER#{subject}"),
            Self::Invitation(_, invitation) => format!("INVITATION#{invitation}"),
            Self::TokenHead(_, token) => format!("TOKEN#{token}"),
            Self::Hook(_, hook) => format!("HOOK#{hook}"),
            Self::Membership(_, project) | Self::Invited(_, project) => format!("PROJECT#{project}"),
            Self::Token(_) => "TOKEN".to_owned(),
            Self::HookSecret(_, hook) => format!("SECRET#{hook}"),
            Self::HookStatus(_, hook) => format!("STATUS#{hook}"),
            Self::Delivery(_, hook, seq) => format!("DELIVERY#{hook}#{}", padded(seq.0)),
            Self::Presence(_, subject, window) => format!("{subject}#{window}"),
            Self::Link(_) => "LINK".to_owned(),
            Self::Session(_) => "SESSION".to_owned(),
            Self::Migration(number) => padded(u64::from(*number)),
        }
    }
}

impl KeyRange {
    /// All structural heads of a project.
    pub fn structure(project: &ProjectId) -> Self {
        Self::all(Key::Project(project).pk())
    }

    /// The locales of a project.
    pub fn locales(project: &ProjectId) -> Self {
        Self::prefix(Key::Project(project).pk(), "LOCALE#")
    }

    /// The pages of a project.
    pub fn pages(project: &ProjectId) -> Self {
        Self::prefix(Key::Project(project).pk(), "PAGE#")
    }

    /// The entries of a page.
    pub fn entries(project: &ProjectId, page: &PageId) -> Self {
        Self::prefix(Key::Project(project).pk(), &format!("ENTRY#{page}#"))
    }

    /// The drafts of a locale on the pages from `first` to `last`: `#` sorts before every
    /// character of a page name, so drafts sort as their pages do.
    pub fn drafts(project: &ProjectId, locale: &Locale, first: &PageId, last: &PageId) -> Self {
        Self { pk: format!("DRAFT#{project}#{locale}"), from: format!("{first}#"), to: after(&format!("{last}#")) }
    }

    /// The events from `first` to `last`, as far as they lie in the same partition as `first`.
    pub fn events(project: &ProjectId, first: Seq, last: Seq) -> Self {
        Self { pk: Key::Event(project, first).pk(), from: padded(first.0), to: padded(last.0) }
    }

    /// The events up to `last` in its partition of the log.
    pub fn events_of_block(project: &ProjectId, last: Seq) -> Self {
        Self { pk: Key::Event(project, last).pk(), from: padded(0), to: padded(last.0) }
    }

    /// Every request of a project.
    pub fn requests(project: &ProjectId) -> Self {
        Self::prefix(format!("REQUEST#{project}"), "R#")
    }

    /// The requests that are not finished.
    pub fn queue(project: &ProjectId) -> Self {
        Self::prefix(format!("REQUEST#{project}"), "Q#")
    }

    /// Every release of a project.
    pub fn releases(project: &ProjectId) -> Self {
        Self::prefix(format!("RELEASE#{project}"), "R#")
    }

    /// The file items of a locale.
    pub fn files(project: &ProjectId, locale: &Locale) -> Self {
        Self::all(format!("FILE#{project}#{locale}"))
    }

    /// The projects of a person.
    pub fn memberships(user: &Subject) -> Self {
        Self::prefix(format!("USER#{user}"), "PROJECT#")
    }

    /// The projects that an address is invited to.
    pub fn invited(email: &Email) -> Self {
        Self::prefix(format!("INVITED#{email}"), "PROJECT#")
    }

    /// The members of a project.
    pub fn members(project: &ProjectId) -> Self {
        Self::prefix(Key::Project(project).pk(), "MEMBER#")
    }

    /// The invitations of a project.
    pub fn invitations(project: &ProjectId) -> Self {
        Self::prefix(Key::Project(project).pk(), "INVITATION#")
    }

    /// The API tokens of a project.
    pub fn tokens(project: &ProjectId) -> Self {
        Self::prefix(Key::Project(project).pk(), "TOKEN#")
    }

    /// The webhooks of a project.
    pub fn hooks(project: &ProjectId) -> Self {
        Self::prefix(Key::Project(project).pk(), "HOOK#")
    }

    /// The messages to a webhook, oldest first.
    pub fn deliveries(project: &ProjectId, hook: &HookId) -> Self {
        Self::prefix(format!("HOOK#{project}"), &format!("DELIVERY#{hook}#"))
    }

    /// Where everybody of a project is.
    pub fn presence(project: &ProjectId) -> Self {
        Self::all(format!("PRESENCE#{project}"))
    }

    /// The migrations that were applied.
    pub fn migrations() -> Self {
        Self::all(Key::Migration(0).pk())
    }

    fn all(pk: String) -> Self {
        Self { pk, from: "!".to_owned(), to: "~".to_owned() }
    }

    fn prefix(pk: String, prefix: &str) -> Self {
        Self { pk, from: prefix.to_owned(), to: after(prefix) }
    }
}

/// The first text that sorts after everything beginning with `prefix`, which ends in `#`.
fn after(prefix: &str) -> String {
    format!("{}$", prefix.strip_suffix('#').unwrap_or(prefix))
}

/// Decimal with leading zeros, so that text sorts as numbers do.
fn padded(number: u64) -> String {
    format!("{number:016}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_access_rules_and_backups_rely_on() {
        let p: ProjectId = "acme".parse().expect("project");
        let owner: Subject = "owner".parse().expect("subject");
        let ada: Email = "ada@example.com".parse().expect("address");
        let hook = HookId::from_random(7);
        let at = DraftId {
            locale: "pt-BR".parse().expect("locale"),
            page: "home".parse().expect("page"),
            key: "-brand.short".parse().expect("key"),
        };
        let keys = [
            Key::Project(&p),
            Key::Locale(&p, &at.locale),
            Key::Page(&p, &at.page),
            Key::Entry(&p, &at.page, &at.key),
            Key::Tip(&p),
            Key::Draft(&p, &at),
            Key::Event(&p, Seq(12_345)),
            Key::Request(&p, Seq(7)),
            Key::Queue(&p, Seq(7)),
            Key::ReleaseHead(&p),
            Key::Release(&p, ReleaseNumber(42)),
            Key::Lease(&p),
            Key::Fold(&p),
            Key::Script(&p),
            Key::File(&p, &at.locale, &at.page),
            Key::Idempotency(&p, "abc"),
            Key::Member(&p, &owner),
            Key::Invitation(&p, &InvitationId::from_random(7)),
            Key::TokenHead(&p, &TokenId::from_random(7)),
            Key::Hook(&p, &hook),
            Key::Membership(&owner, &p),
            Key::Invited(&ada, &p),
            Key::Token(&TokenId::from_random(7)),
            Key::HookSecret(&p, &hook),
            Key::HookStatus(&p, &hook),
            Key::Delivery(&p, &hook, Seq(7)),
            Key::Presence(&p, &owner, "1f"),
            Key::Link("0123"),
            Key::Session("4567"),
            Key::Migration(1),
        ];
        let lines: Vec<String> = keys.iter().map(|key| format!("{} | {}", key.pk(), key.sk())).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn drafts_sort_as_their_pages_do() {
        let p: ProjectId = "acme".parse().expect("project");
        let locale: Locale = "en".parse().expect("locale");
        let mut pages = ["a", "a-b", "a_b", "a0", "A", "aa", "0"].map(|page| page.parse::<PageId>().expect("page"));
        pages.sort();
        for pair in pages.windows(2) {
            let first = KeyRange::drafts(&p, &locale, &pair[0], &pair[0]);
            let second = KeyRange::drafts(&p, &locale, &pair[1], &pair[1]);
            assert!(first.from < first.to && first.to <= second.from, "{first:?} {second:?}");
        }
    }
}
