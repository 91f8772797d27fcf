use super::{check, german};
use crate::Why;

const ENTRIES: [(&str, &str); 3] = [("a", "A"), ("b", "B"), ("c", "C")];

#[test]
fn end_tags_may_be_left_out() {
    for (before, after) in [
        ("<ul><li data-copy=a>1<li data-copy=b>2</ul>", "<ul><li data-copy=a>A<li data-copy=b>B</ul>"),
        ("<p data-copy=a>1<p data-copy=b>2<div>3</div>", "<p data-copy=a>A<p data-copy=b>B<div>3</div>"),
        ("<div><p data-copy=a>1</div><p>2</p>", "<div><p data-copy=a>A</div><p>2</p>"),
        ("<ul><li data-copy=a>1<ul><li>2</ul><li>3</ul>", "<ul><li data-copy=a>A<li>3</ul>"),
        ("<dl><dt data-copy=a>1<dd data-copy=b>2<dt>3</dl>", "<dl><dt data-copy=a>A<dd data-copy=b>B<dt>3</dl>"),
        (
            "<table><tr><td data-copy=a>1<td data-copy=b>2<tr><th data-copy=c>3</table>",
            "<table><tr><td data-copy=a>A<td data-copy=b>B<tr><th data-copy=c>C</table>",
        ),
        ("<ruby>漢<rt data-copy=a>1<rp>)</ruby>", "<ruby>漢<rt data-copy=a>A<rp>)</ruby>"),
        ("<p><button><p data-copy=a>1</button>2", "<p><button><p data-copy=a>A</button>2"),
        ("<svg><g><p data-copy=a>1</p>2</svg>", "<svg><g><p data-copy=a>A</p>2</svg>"),
        ("<svg><desc><p data-copy=a>1<p>2</desc></svg>", "<svg><desc><p data-copy=a>A<p>2</desc></svg>"),
        ("<svg><path/><text data-copy=a>1</text></svg>", "<svg><path/><text data-copy=a>A</text></svg>"),
    ] {
        check(before, &ENTRIES, after);
    }
}

#[test]
fn where_nobody_can_tell_the_end_nothing_is_lost() {
    for (html, tag) in [
        ("<div><span data-copy=a>1</div>2", "span"),
        ("<b><i data-copy=a>1</b></i>", "i"),
        ("<a data-copy=a>1<a>2</a></a>", "a"),
        ("<h1 data-copy=a>1<h2>2</h2></h1>", "h1"),
        ("<p data-copy=a>1<b><div>2</div></b></p>", "p"),
        ("<b data-copy=a><p>1</b>2", "b"),
        ("<p>0<li data-copy=a>1</p>2</li>3", "li"),
        ("<svg><g data-copy=a>1<p>2</g></svg>", "g"),
        ("<form data-copy=a>1<form>2</form>3</form>", "form"),
    ] {
        let (written, report) = german(html, &ENTRIES);
        assert_eq!((written.as_str(), &report.kept[0].why), (html, &Why::Unclosed(tag.into())));
    }
}
