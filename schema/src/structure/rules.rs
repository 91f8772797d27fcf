//! What a change must meet before it may enter the log.

use std::collections::BTreeSet;

use crate::change::{DraftId, LocaleInfo};
use crate::ids::InvitationId;
use crate::limits::{ENTRIES_PER_PAGE, LOCALES, NAME_CHARS, NEXT, NOTE_BYTES, ORIGINS};
use crate::release::Scope;
use crate::{Change, EntryKey, Locale, PageId, Structure};

/// Why a change cannot enter the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The project does not exist.
    #[error("there is no such project")]
    NoProject,
    /// The slug is in use or was once.
    #[error("that slug is taken, or was by a project since deleted; choose another")]
    ProjectTaken,
    /// The locale does not exist.
    #[error("the project has no locale {0}; add it first")]
    NoLocale(Locale),
    /// The page does not exist.
    #[error("the project has no page {0}; add it first")]
    NoPage(PageId),
    /// The entry does not exist.
    #[error("page {0} has no entry {1}; add it first")]
    NoEntry(PageId, EntryKey),
    /// Fallback chains would lead back to where they began.
    #[error("the fallback chain of {0} leads back to itself")]
    FallbackCycle(Locale),
    /// The source locale ends every chain, so it has none.
    #[error("{0} is the source locale: every chain ends there, so it can have no fallback")]
    SourceFallback(Locale),
    /// The source locale stays.
    #[error("{0} is the source locale and cannot be removed")]
    SourceLocale(Locale),
    /// Another locale falls back on this one.
    #[error("{0} is in the fallback chain of {1}; change that chain first")]
    LocaleInUse(Locale, Locale),
    /// A term has one home in a project.
    #[error("the term {0} is already on page {1}; a term is unique in the project")]
    TermTaken(EntryKey, PageId),
    /// The member, invitation, token or webhook does not exist.
    #[error("the project has no {0}")]
    NotThere(String),
    /// Somebody else changed the same thing a moment before.
    #[error("somebody else changed it a moment ago; look at it again")]
    Changed,
    /// Somebody has to be able to let others in.
    #[error("a project keeps at least one admin; make somebody else admin first")]
    LastAdmin,
    /// The address was invited already.
    #[error("that address is invited already, by invitation {0}; take it back first")]
    Invited(InvitationId),
    /// Viewers read everything, admins decide everything.
    #[error("only editors and publishers can be limited to locales, to at least one")]
    Limits,
    /// What is next is another page, and each stands in one place.
    #[error("what is next after {0} are other pages, each named once")]
    Next(PageId),
    /// A publish would publish nothing.
    #[error("{0}")]
    Nothing(&'static str),
    /// A limit is reached.
    #[error("{0}")]
    TooMany(String),
    /// A text is too long.
    #[error("{0}")]
    TooLong(String),
    /// The project has or used as much as it may.
    #[error("{0}")]
    Quota(String),
}

impl Structure {
    /// Whether `change` may be the next event.
    pub fn check(&self, change: &Change) -> Result<(), Refusal> {
        if let Change::ProjectCreated { name, .. } = change {
            check_name(name)?;
            return if self.project.is_some() { Err(Refusal::ProjectTaken) } else { Ok(()) };
        }
        if self.existing_project().is_none() {
            return Err(Refusal::NoProject);
        }
        if let Change::SettingsChanged { origins: Some(origins), .. } = change
            && origins.len() > ORIGINS
        {
            return Err(Refusal::TooMany(format!("a project has at most {ORIGINS} origins")));
        }
        match change {
            Change::ProjectRenamed { name } | Change::SettingsChanged { name: Some(name), .. } => check_name(name),
            Change::LocalePut { locale, info } => self.check_locale(locale, info),
            Change::LocaleDeleted { locale } => self.check_locale_deleted(locale),
            Change::PagePut { info, .. } => check_note(&info.note),
            Change::NextSet { page, next } => self.check_next(page, next),
            Change::PageDeleted { page } => self.need_page(page),
            Change::EntryPut { page, key, info } => {
                check_note(&info.note)?;
                self.check_entry(page, key)
            }
            Change::EntryDeleted { page, key } => self.need_entry(page, key),
            Change::DraftSaved { at, .. } | Change::DraftDeleted { at } => self.need_draft_home(at),
            Change::PublishRequested { order } => {
                check_note(&order.note)?;
                self.check_scope(&order.scope)
            }
            access => self.check_access(access),
        }
    }

    fn check_locale(&self, locale: &Locale, info: &LocaleInfo) -> Result<(), Refusal> {
        check_name(&info.name)?;
        if self.locale(locale).is_none() && self.existing_locales().count() >= LOCALES {
            return Err(Refusal::TooMany(format!("a project has at most {LOCALES} locales")));
        }
        if self.source() == Some(locale) && !info.fallback.is_empty() {
            return Err(Refusal::SourceFallback(locale.clone()));
        }
        let distinct: BTreeSet<_> = info.fallback.iter().collect();
        if distinct.len() != info.fallback.len() || self.leads_to(&info.fallback, locale) {
            return Err(Refusal::FallbackCycle(locale.clone()));
        }
        match info.fallback.iter().find(|next| self.locale(next).is_none()) {
            Some(missing) => Err(Refusal::NoLocale(missing.clone())),
            None => Ok(()),
        }
    }

    /// Whether following fallbacks from any of `from` ever arrives at `goal`.
    fn leads_to(&self, from: &[Locale], goal: &Locale) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&Locale> = from.iter().collect();
        while let Some(next) = open.pop() {
            if next == goal {
                return true;
            }
            if seen.insert(next) {
                open.extend(self.locale(next).iter().flat_map(|head| &head.info.fallback));
            }
        }
        false
    }

    fn check_next(&self, page: &PageId, next: &[PageId]) -> Result<(), Refusal> {
        if next.len() > NEXT {
            return Err(Refusal::TooMany(format!("at most {NEXT} pages are likely to be next")));
        }
        let distinct: BTreeSet<_> = next.iter().collect();
        if distinct.len() < next.len() || distinct.contains(page) {
            return Err(Refusal::Next(page.clone()));
        }
        [page].into_iter().chain(next).try_for_each(|page| self.need_page(page))
    }

    fn check_locale_deleted(&self, locale: &Locale) -> Result<(), Refusal> {
        self.need_locale(locale)?;
        if self.source() == Some(locale) {
            return Err(Refusal::SourceLocale(locale.clone()));
        }
        let user = self.existing_locales().find(|(_, head)| head.info.fallback.contains(locale));
        match user {
            Some((user, _)) => Err(Refusal::LocaleInUse(locale.clone(), user.clone())),
            None => Ok(()),
        }
    }

    fn check_entry(&self, page: &PageId, key: &EntryKey) -> Result<(), Refusal> {
        let home = self.page(page).ok_or_else(|| Refusal::NoPage(page.clone()))?;
        if home.entry(key).is_some() {
            return Ok(());
        }
        if home.existing_entries().count() >= ENTRIES_PER_PAGE {
            return Err(Refusal::TooMany(format!("a page has at most {ENTRIES_PER_PAGE} entries; use another page")));
        }
        if key.is_term() {
            let other = self.existing_pages().find(|(id, other)| *id != page && other.entry(key).is_some());
            if let Some((other, _)) = other {
                return Err(Refusal::TermTaken(key.clone(), other.clone()));
            }
        }
        Ok(())
    }

    fn check_scope(&self, scope: &Scope) -> Result<(), Refusal> {
        if scope.locales.as_ref().is_some_and(Vec::is_empty) || scope.pages.as_ref().is_some_and(Vec::is_empty) {
            return Err(Refusal::Nothing(
                "an empty list of pages or locales publishes nothing; leave it out to mean all",
            ));
        }
        if self.existing_pages().next().is_none() {
            return Err(Refusal::Nothing("the project has no pages, so there is nothing to publish"));
        }
        scope.locales.iter().flatten().try_for_each(|locale| self.need_locale(locale))?;
        scope.pages.iter().flatten().try_for_each(|page| self.need_page(page))
    }

    fn need_draft_home(&self, at: &DraftId) -> Result<(), Refusal> {
        self.need_locale(&at.locale)?;
        self.need_entry(&at.page, &at.key)
    }

    pub(super) fn need_locale(&self, locale: &Locale) -> Result<(), Refusal> {
        self.locale(locale).map(|_| ()).ok_or_else(|| Refusal::NoLocale(locale.clone()))
    }

    fn need_page(&self, page: &PageId) -> Result<(), Refusal> {
        self.page(page).map(|_| ()).ok_or_else(|| Refusal::NoPage(page.clone()))
    }

    fn need_entry(&self, page: &PageId, key: &EntryKey) -> Result<(), Refusal> {
        self.need_page(page)?;
        self.entry(page, key).map(|_| ()).ok_or_else(|| Refusal::NoEntry(page.clone(), key.clone()))
    }
}

pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    let length = name.chars().count();
    if (1..=NAME_CHARS).contains(&length) && !name.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::TooLong(format!(
        "a name has 1 to {NAME_CHARS} characters, not all of them blank; this one has {length}"
    )))
}

fn check_note(note: &str) -> Result<(), Refusal> {
    if note.len() <= NOTE_BYTES {
        return Ok(());
    }
    Err(Refusal::TooLong(format!("a note has at most {NOTE_BYTES} bytes; this one has {}", note.len())))
}
