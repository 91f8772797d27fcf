//! The promises that people depend on, under the worst that can happen.

mod delivery_alone;
mod exact_cuts;
mod killed;
mod nothing_lost;
mod table_lost;
mod whole_releases;
