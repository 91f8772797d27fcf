//! Numbers that count events, releases and switches. They only grow.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
        )]
        #[serde(transparent)]
        #[schema(format = "uint64", minimum = 0)]
        pub struct $name(pub u64);

        impl $name {
            /// Before the first one.
            pub const NONE: Self = Self(0);

            /// The following one.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0 + 1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number! {
    /// The place of an event in a project's log, from 1 without gaps. Also a draft's version.
    Seq
}

number! {
    /// A release of a project, from 1. A number whose release failed is not used again.
    ReleaseNumber
}

number! {
    /// Counts every change of what is live. Mutable files are only replaced from a lower switch.
    Switch
}
