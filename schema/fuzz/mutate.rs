//! Inputs made from others: what is known to be interesting, cut, joined and repeated.

use fastrand::Rng;

/// Values, page files and exchange files to begin with.
const VALUES: &[&str] = &[
    "Hello, { $name }!",
    "{ $n ->\n    [0] none\n    [one] one { -brand }\n   *[other] { NUMBER($n, minimumFractionDigits: 2) }\n}",
    "Read the <a href=\"{ $url }\" title=\"To { $name }\">terms</a>, <b>please</b>.<br>Now.",
    "<a data-copy-name=\"terms\">T</a> <button data-copy-name=\"buy\">B</button> <ul><li>a<li>b</ul>",
    "{ other } { other.title } { -brand(case: \"gen\") } { DATETIME($when, dateStyle: \"long\") }",
    "{ -brand.gender ->\n    [f] sie\n   *[m] er\n} { \"{\" } { \"\\u0041\" } { 1.50 }",
    "one\n  two\n\n    three",
    "&amp; &lt;b&gt; &#xFDD0;0&#xFDD1; \u{fdd0}0\u{fdd1}",
];
const FILES: &[&str] = &[
    "[1,[\"a b c\",\"x\",[\"x \",[0,\"n\"],\" y\"],[[3,\"n\",0,\"z\",\"one\",[[\"b\",\"x\"]],\"y\"]]],{\"en\":[\"d\",[[\"a\",{\"href\":[[0,\"u\"]],\"slot\":\"s\"},\"t\"]]]},[\"pricing\"]]",
    "[1,[\"a\",[[1,\"n\",{\"minimumFractionDigits\":2}],[2,\"d\",{\"dateStyle\":\"long\"}]]]]",
];
const SHEETS: &[&str] = &[
    "<xliff version=\"1.2\"><file original=\"p\" source-language=\"en\" target-language=\"de\"><body><trans-unit id=\"a\"><source>x</source><target>y <ph id=\"1\">{ $n }</ph></target><note>copydesk: version=1 kind=html</note></trans-unit></body></file></xliff>",
    "<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"de\"><file id=\"p\"><unit id=\"a\"><segment><source>x</source><target>y <pc id=\"1\">z</pc></target></segment></unit></file></xliff>",
    "msgid \"\"\nmsgstr \"Language: pl\\nPlural-Forms: nplurals=2; plural=n!=1;\\n\"\n\n#. copydesk: version=1 kind=text variable=n\nmsgctxt \"a\"\nmsgid \"x\"\nmsgid_plural \"xs\"\nmsgstr[0] \"y\"\nmsgstr[1] \"ys\"\n",
    "key,kind,source,value,version\r\na,text,x,\"y \"\"q\"\"\",1\r\n'-t,html,<b>x</b>,=1+1,2\r\n",
    "# note\nkey = value { $x }\n    .attr = { $n ->\n        [one] <a { $attrs }>x</a>\n       *[other] y\n    }\n-term = t\n",
    "{ \"a\": { \"b\": \"{{n, number(minimumFractionDigits: 2)}} $t(c)\" }, \"d_one\": \"x\", \"d_other\": \"{{count}}\" }",
];
/// Pieces that things go wrong with.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "{ $x }",
    "->",
    "*[",
    "]",
    "[one]",
    "\n    ",
    "\n",
    "\"",
    "'",
    "<",
    ">",
    "</",
    "<b>",
    "</b>",
    "<a href=\"",
    "javascript:",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<svg>",
    "<math>",
    "<style>",
    "<table>",
    "<p>",
    "<select>",
    "<template>",
    "&",
    "&#",
    "&#x",
    ";",
    "\u{fdd0}",
    "\u{fdd1}",
    "\u{fdd2}",
    "\u{0}",
    "\u{feff}",
    "\u{2028}",
    "\r\n",
    "\u{202e}",
    "é",
    "👩‍💻",
    "(",
    ")",
    "NUMBER(",
    "-brand",
    ".attr",
    "=",
    ",",
    ":",
    "\\",
    "\\u",
    "[0,",
    "[3,",
    "null",
    "1e999",
    "-0",
    "__proto__",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "<ph id=\"1\"/>",
    "msgid",
    "#,",
    "=1+1",
    " ",
    "\t",
];

/// Makes inputs.
pub(crate) struct Mutator {
    rng: Rng,
}

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed) }
    }

    /// The next input for a target.
    pub(crate) fn next(&mut self, target: &str) -> String {
        let seeds = match target {
            "page files" => FILES,
            "exchange files" => SHEETS,
            _ => VALUES,
        };
        let mut text = self.pick(seeds).to_owned();
        for _ in 0..self.rng.usize(0..8) {
            text = self.mutate(text, seeds);
        }
        text
    }

    fn pick<'p>(&mut self, from: &[&'p str]) -> &'p str {
        from[self.rng.usize(0..from.len())]
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.rng.usize(0..=text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn mutate(&mut self, mut text: String, seeds: &[&str]) -> String {
        let (a, b) = (self.place(&text), self.place(&text));
        let (from, to) = (a.min(b), a.max(b));
        match self.rng.u8(0..6) {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(a, self.pick(TOKENS)),
            2 => {
                let part = text[from..to].repeat(self.rng.usize(1..4));
                text.insert_str(from, &part);
            }
            3 => {
                let other = self.pick(seeds);
                let cut = self.place(other);
                text.replace_range(a.., &other[cut..]);
            }
            4 => text.replace_range(from..to, self.pick(TOKENS)),
            _ => {
                let token = self.pick(TOKENS);
                let times = self.rng.usize(1..60);
                text.insert_str(a, &token.repeat(times));
            }
        }
        text.truncate((0..=text.len().min(20_000)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
        text
    }
}
