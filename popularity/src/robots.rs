//! Robots that say so.

/// What the user agents of robots, feed readers and programs hold and browsers' do not, in lower case.
/// An address of a website or of a person is there to complain to.
const SIGNS: [&str; 26] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "http:",
    "https:",
    "@",
    "feed",
    "rss",
    "fetch",
    "curl",
    "wget",
    "python",
    "java/",
    "libwww",
    "httpclient",
    "okhttp",
    "go-http",
    "perl",
    "ruby",
    "php",
    "monitor",
    "preview",
    "scan",
    "headless",
    "lighthouse",
];

/// Whether a user agent is a robot's. One that is not sent (`-` in all logs) is: browsers send theirs.
/// CloudFront writes blanks as `%20`, which none of the signs holds.
pub(crate) fn is_robot(agent: &str) -> bool {
    let agent = agent.trim();
    let agent_lower = agent.to_ascii_lowercase();
    matches!(agent, "" | "-") || SIGNS.iter().any(|sign| agent_lower.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::is_robot;

    #[test]
    fn robots_are_told_from_browsers() {
        let browsers = [
            "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/32.0.1700.107 Safari/537.36",
            "Mozilla/5.0%20(iPhone;%20CPU%20iPhone%20OS%207_0_4%20like%20Mac%20OS%20X)%20AppleWebKit/537.51.1",
            "Opera/9.80 (X11; Linux x86_64) Presto/2.12.388 Version/12.16",
        ];
        let robots = [
            "-",
            "",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0%20(compatible;%20bingbot/2.0)",
            "Mozilla/5.0 (compatible; Ezooms/1.0; help@moz.com)",
            "Tiny Tiny RSS/1.11",
            "curl/8.5.0",
        ];
        let check = |agents: &[&str], expect| {
            for agent in agents {
                assert_eq!(is_robot(agent), expect, "{agent}");
            }
        };
        check(&browsers, false);
        check(&robots, true);
    }
}
