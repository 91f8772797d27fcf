//! Every kind of finding, in one place. `docs/checks.md` is generated from this.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a finding stops a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It cannot be saved.
    Error,
    /// It can; somebody should look at it.
    Warning,
}

/// Makes the list of codes: name, severity, what it is.
macro_rules! codes {
    ($($name:ident $slug:tt $severity:ident $about:literal;)*) => {
        /// A kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        pub enum Code {
            $(#[doc = $about] #[serde(rename = $slug)] $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// Its name in the API.
            pub fn slug(self) -> &'static str {
                match self { $(Code::$name => $slug,)* }
            }

            /// Whether it stops a save.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What it means.
            pub fn about(self) -> &'static str {
                match self { $(Code::$name => $about,)* }
            }
        }
    };
}

codes! {
    Syntax "syntax" Error "It is no Fluent pattern.";
    Limit "limit" Error "It has more placeables, or is nested deeper, than is allowed.";
    PlaceableInTag "placeable-in-tag" Error "A placeable stands in a tag, elsewhere than in `href` or `title` of a link; name the element with `data-copy-name` and let the page own it.";
    UnknownFunction "unknown-function" Warning "A function that does not exist: `NUMBER` and `DATETIME` do. The value is treated as missing.";
    FunctionArgument "function-argument" Warning "A function is called the wrong way. The value is treated as missing.";
    MissingReference "missing-reference" Warning "It refers to a term or an entry of the page that has no value. It is treated as missing.";
    ReferenceCycle "reference-cycle" Warning "It refers to itself, or to what refers to it. It is treated as missing.";
    ReferenceDepth "reference-depth" Warning "References lead on too far, or grow too large. The value is treated as missing.";
    TermArgument "term-argument" Warning "A term needs an argument that it is not given. The value is treated as missing.";
    MissingVariable "missing-variable" Warning "The source text uses a variable that is not used here.";
    NewVariable "new-variable" Warning "A variable that the source text does not use: the page may not give it, and then keeps its own text.";
    MissingSlot "missing-slot" Warning "The source text has a named element that is missing here.";
    NewSlot "new-slot" Warning "A named element that the source text does not have.";
    RepeatedSlot "repeated-slot" Warning "A named element stands here more than once; the page has one.";
    MarkupDiffers "markup-differs" Warning "Elements of the source text are missing here, or others were added.";
    MarkupRemoved "markup-removed" Warning "Markup that is not allowed; it is taken away when the copy is delivered.";
    LinkRemoved "link-removed" Warning "A link may lead to https, http, mailto, tel or a place on the same site; this one is taken away.";
    MarkupUnbalanced "markup-unbalanced" Warning "A tag is not closed, or closed in the wrong place; each variant stands for itself. It is closed when the copy is delivered.";
    MarkupInText "markup-in-text" Warning "The entry takes no markup: visitors see the angle brackets. Make it an html entry, or take them away.";
    TooLong "too-long" Warning "It is longer than the entry allows.";
    BlankEdge "blank-edge" Warning "Blanks at the beginning or the end do not show; write { \" \" } for one that should.";
    Empty "empty" Warning "There is nothing in it.";
    Untranslated "untranslated" Warning "It is the source text, word for word.";
    PluralUnused "plural-unused" Warning "A plural form that the locale never uses.";
    PluralMissing "plural-missing" Warning "A plural form that the locale needs is missing; the default shows instead.";
}
