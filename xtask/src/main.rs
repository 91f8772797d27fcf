//! The commands a person needs. `cargo xtask` lists them; CI calls the same ones.

mod aws;
mod bench;
mod engines;
mod generate;
mod schemathesis;
mod shell;
mod test;
mod tools;

use anyhow::bail;

const USAGE: &str = "\
cargo xtask test [--engine embedded|dynamodb-local|ministack|apart] [FILTER]
                     everything: formatting, lints, unit and whole-system tests; with --engine only
                     the whole-system suite on that engine (apart: server and publisher as
                     processes of their own on DynamoDB Local and MiniStack)
cargo xtask test --web
                     the tests of what runs in browsers, in web/tests
cargo xtask fuzz [SECONDS [SEED]]
                     mutated values and files (schema/fuzz); 60 s unless told
cargo xtask bench [messages|saves|web|functions|prefetch [LOG]]
                     measures this machine, or only that part; prints every figure beside its goal
cargo xtask schemathesis [ROUND]
                     requests made up from the API's description; or one round again
cargo xtask generate writes what is made from the code: openapi.json, tables of the docs, compiled vectors,
                     the site script and its module
cargo xtask lint     formatting, lints, dependency rules, the template of the stack on AWS
cargo xtask dist aws the functions' programs for Lambda, in target/aws";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    std::env::set_current_dir(shell::root())?;
    match words.as_slice() {
        ["test"] => test::everything(),
        ["test", "--web"] => test::web(),
        ["test", "--engine", engine] => test::suite_on(engine, ""),
        ["test", "--engine", engine, filter] => test::suite_on(engine, filter),
        ["test", filter] => test::suite_on("embedded", filter),
        ["fuzz"] => test::fuzz("60", &[]),
        ["fuzz", seconds, seed @ ..] => test::fuzz(seconds, seed),
        ["schemathesis", round @ ..] => {
            test::build()?;
            match round {
                [] => schemathesis::run().map(drop),
                [round, ..] => schemathesis::replay(round.parse()?),
            }
        }
        ["bench"] => bench::run(),
        ["bench", "web"] => bench::web::pages(),
        ["bench", "functions"] => bench::functions::measure(),
        ["bench", "prefetch", log @ ..] => bench::web::prefetch(log.first().copied()),
        ["bench", "messages"] => bench::messages(),
        ["bench", "saves"] => bench::saves(),
        ["generate"] => generate::write(),
        ["lint"] => test::lint(),
        ["dist", "aws"] => aws::dist(),
        _ => bail!("{USAGE}"),
    }
}
