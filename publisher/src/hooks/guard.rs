//! Where webhooks may go: what an address may say is in the schema; where a name leads is looked up here.

pub use copydesk_process::resolver::{Addresses, GuardedResolver, Lookup, SystemLookup, Unresolved};
pub use copydesk_schema::hooks::{Reach, check_url, is_allowed};

#[cfg(test)]
mod tests;
