//! What runs in browsers: its size and speed beside other libraries, and what fetching ahead would have done on a
//! real log.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use copydesk_popularity::Documents;
use copydesk_popularity::simulate::{Figures, GAP, Log, Next, Visitors, judge, learn};

use crate::shell::run;
use crate::tools;

/// A real log, where it is present.
const LOG: &str = "../shared/data/access-log/apache_combined.log";

/// The mean size of the page files of the real site, compressed: `cargo xtask bench messages` prints their sum.
const MEAN_BYTES: f64 = 1140.0;

/// Sizes, then times in a browser: of sites, which take up to four minutes, and of the studio.
pub(crate) fn pages() -> anyhow::Result<()> {
    let folder = tools::web()?;
    let release = crate::test::binary().with_file_name("../release/copydesk");
    run(Command::new("cargo").args(["build", "--release", "--quiet", "-p", "copydesk"]))?;
    for name in ["sizes", "timing", "studio"] {
        println!();
        let mut node = Command::new(folder.join("node_modules/node/bin/node"));
        node.arg(folder.join(format!("bench/{name}.mjs"))).env("COPYDESK_BIN", &release);
        run(node.env("COPYDESK_TEST_CHROMIUM", tools::chromium()?))?;
    }
    Ok(())
}

/// Learns from the first 70 % of a log, judges on the rest.
pub(crate) fn prefetch(log: Option<&str>) -> anyhow::Result<()> {
    let path = Path::new(log.unwrap_or(LOG));
    let open = || File::open(path).map(BufReader::new).with_context(|| format!("{} cannot be read", path.display()));
    let host = Documents::host_in(open()?)?.unwrap_or_default();
    let log = Log::read(open()?, &Documents::of(&host))?;
    println!("\nFetching ahead on the log of {host}: learned from the first 70 % of its views, judged on the rest");
    println!(
        "visitors  what         views  next views   hits  hit rate  waste a view: at 2 KB  at the real site's mean"
    );
    for (visitors, name) in [(Visitors::Browsers, "browsers"), (Visitors::All, "all")] {
        let (learned, judged) = (log.part(0..70), log.part(70..100));
        let (counts, sizes) = (learn(&learned.visits(GAP), visitors), learned.sizes());
        let (visits, top) = (judged.visits(GAP), counts.most_seen());
        let likely = judge(&visits, visitors, Next::Any, &sizes, |page| counts.likely_after(page));
        print(name, "likely next", likely);
        print(name, "top 5", judge(&visits, visitors, Next::Any, &sizes, |_| top.clone()));
        print(name, "nothing", judge(&visits, visitors, Next::Any, &sizes, |_| Vec::new()));
    }
    println!("goals: 40 % of next views, 20 points above top 5, 6 KB a view");
    Ok(())
}

fn print(visitors: &str, what: &str, figures: Figures) {
    let Figures { views, nexts, hits, .. } = figures;
    let (rate, waste) = (figures.hit_rate() * 100.0, figures.waste() / 1024.0);
    #[expect(clippy::cast_precision_loss, reason = "a rate is read by people")]
    let mean = figures.wasted as f64 * MEAN_BYTES / views.max(1) as f64 / 1024.0;
    println!("{visitors:9} {what:11} {views:6} {nexts:11} {hits:6} {rate:8.1} % {waste:19.2} KB {mean:21.2} KB");
}
