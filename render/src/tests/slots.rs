use super::{check, german};
use crate::Why;

const LINK: &str = "<a href=\"https://example.com/terms\" data-copy-name=\"terms\">terms</a>";

#[test]
fn the_hosts_element_stands_where_the_message_names_it() {
    check(
        &format!("<p data-copy=a>Read the {LINK}!</p>"),
        &[("a", "Die <a data-copy-name=\"terms\"><em>Bedingungen</em></a> <b>lesen</b>")],
        "<p data-copy=a>Die <a href=\"https://example.com/terms\" data-copy-name=\"terms\"><em>Bedingungen</em></a> \
         <b>lesen</b></p>",
    );
}

#[test]
fn the_hosts_tag_and_attributes_count() {
    let html = "<p data-copy=a><button class=x data-copy-name=b>Buy</button></p>";
    let entries = [("a", "<a data-copy-name=\"b\" href=\"/x\" title=\"y\">Kaufen</a>")];
    check(html, &entries, "<p data-copy=a><button class=x data-copy-name=b>Kaufen</button></p>");
}

#[test]
fn slots_nest_as_the_message_says() {
    let html = "<p data-copy=a><i data-copy-name=x></i><b data-copy-name=y></b></p>";
    let entries = [("a", "<span data-copy-name=\"y\">1 <span data-copy-name=\"x\">2</span></span>")];
    check(html, &entries, "<p data-copy=a><b data-copy-name=y>1 <i data-copy-name=x>2</i></b></p>");
}

#[test]
fn a_slot_that_the_host_lacks_gives_way_to_what_is_in_it() {
    let entries = [("a", "<a data-copy-name=\"x\">eins <b>zwei</b></a>")];
    check("<p data-copy=a>x</p>", &entries, "<p data-copy=a>eins <b>zwei</b></p>");
    let twice = [("a", "<a data-copy-name=\"x\">1</a><a data-copy-name=\"x\">2</a>")];
    check("<p data-copy=a><i data-copy-name=x></i></p>", &twice, "<p data-copy=a><i data-copy-name=x>1</i>2</p>");
}

#[test]
fn a_slot_that_the_message_does_not_name_is_lost() {
    check(&format!("<p data-copy=a>x {LINK}</p>"), &[("a", "Nichts")], "<p data-copy=a>Nichts</p>");
}

#[test]
fn slots_without_words_stay_whole() {
    let entries =
        [("a", "<span data-copy-name=\"i\">x</span> <span data-copy-name=\"s\">y</span> Suchen"), ("o", "Alle")];
    let html = |option: &str| {
        format!(
            "<p data-copy=a><img src=\"/i.png\" data-copy-name=i> <select data-copy-name=s><option data-copy=o>{option}\
             </option></select> Suchen</p>"
        )
    };
    check(&html("All"), &entries, &html("Alle"));
}

#[test]
fn a_slot_with_an_entry_of_its_own_has_that() {
    let html = "<p data-copy=a><b data-copy=b data-copy-name=x>y</b></p>";
    let entries = [("a", "1 <b data-copy-name=\"x\">2</b>"), ("b", "3")];
    check(html, &entries, "<p data-copy=a>1 <b data-copy=b data-copy-name=x>3</b></p>");
}

#[test]
fn an_omitted_end_tag_is_written() {
    let html = "<ul data-copy=a><li data-copy-name=x>1<li data-copy-name=y>2</ul>";
    let entries = [("a", "<li data-copy-name=\"y\">zwei</li><li data-copy-name=\"x\">eins</li>")];
    check(html, &entries, "<ul data-copy=a><li data-copy-name=y>zwei</li><li data-copy-name=x>eins</li></ul>");
}

#[test]
fn a_slot_without_a_known_end_leaves_all_as_it_is() {
    let html = "<div data-copy=a><b data-copy-name=x>y</div></b>";
    let (written, report) = german(html, &[("a", "<b data-copy-name=\"x\">z</b>")]);
    assert_eq!(written, html);
    assert_eq!(report.kept[0].why, Why::Unclosed("div".into()));
}
