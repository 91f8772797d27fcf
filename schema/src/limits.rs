//! Every limit that a caller can meet, in one place. The API's documentation quotes these.

/// The longest value of one draft, in bytes.
pub const VALUE_BYTES: usize = 64 * 1024;
/// The most entries of one page.
pub const ENTRIES_PER_PAGE: usize = 5_000;
/// The most drafts or entries that one `PATCH` may carry.
pub const PATCH_ITEMS: usize = 1_000;
/// The longest slug of a project, in characters.
pub const PROJECT_CHARS: usize = 63;
/// The longest page name, in characters.
pub const PAGE_CHARS: usize = 200;
/// The longest entry key, in characters.
pub const KEY_CHARS: usize = 200;
/// The longest human-readable name, in characters.
pub const NAME_CHARS: usize = 200;
/// The longest note (of a page, an entry or a release), in bytes.
pub const NOTE_BYTES: usize = 8 * 1024;
/// The most locales of a project.
pub const LOCALES: usize = 200;
/// The longest subject, in characters.
pub const SUBJECT_CHARS: usize = 300;
/// The longest e-mail address, in characters.
pub const EMAIL_CHARS: usize = 254;
/// The most members of a project.
pub const MEMBERS: usize = 1_000;
/// The most open invitations of a project.
pub const INVITATIONS: usize = 200;
/// The most API tokens of a project.
pub const TOKENS: usize = 100;
/// The most webhooks of a project.
pub const HOOKS: usize = 10;
/// The most pages that are named as likely to be next.
pub const NEXT: usize = 5;
/// The most origins of a project.
pub const ORIGINS: usize = 50;
/// The longest idempotency key, in characters.
pub const IDEMPOTENCY_CHARS: usize = 128;
/// How deep selections and elements may nest in a value, references filled in.
pub const DEPTH: usize = 32;
/// How many references may lead on from one to the next.
pub const REFERENCES_DEEP: usize = 20;
/// The most start tags of one variant: browsers open formatting again in every block, so that many
/// tags become very many elements.
pub const TAGS_IN_VARIANT: usize = 500;
/// The most placeables and variants of one value.
pub const PLACEABLES: usize = 500;
/// The most words of one value with its references filled in, in bytes.
pub const COMPILED_BYTES: usize = 256 * 1024;
/// The most parts of one value with its references filled in.
pub const COMPILED_NODES: usize = 10_000;
