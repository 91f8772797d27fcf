//! Mutated values, page files and translators' files: nothing panics, nothing gets out of what copy
//! may hold, what is written is read back.
//!
//! `cargo xtask fuzz SECONDS` runs it with overflow checks. A failure prints the input that caused it
//! and the seed that leads there again.
#![expect(clippy::unwrap_used, reason = "whatever is not as expected ends the run")]

mod mutate;
mod targets;

use std::time::{Duration, Instant};

use mutate::Mutator;

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds: u64 = args.next().map_or(10, |text| text.parse().unwrap());
    let seed: u64 = args.next().map_or_else(|| fastrand::u64(..), |text| text.parse().unwrap());
    println!("fuzzing for {seconds} s, seed {seed}");
    let began = Instant::now();
    let until = began + Duration::from_secs(seconds);
    let mut mutator = Mutator::new(seed);
    let mut runs = [0_u64; targets::ALL.len()];
    while Instant::now() < until {
        for (index, (name, target)) in targets::ALL.iter().enumerate() {
            for _ in 0..200 {
                let input = mutator.next(name);
                let shown = input.clone();
                let ran = std::panic::catch_unwind(|| target(&input));
                if ran.is_err() {
                    println!("{name} failed on:\n{shown:?}\nafter {} runs, seed {seed}", runs[index]);
                    std::process::exit(1);
                }
                runs[index] += 1;
            }
        }
    }
    for ((name, _), count) in targets::ALL.iter().zip(runs) {
        println!("{name}: {count} mutated inputs");
    }
    println!("fuzz: {} inputs in {} s, no failure", runs.iter().sum::<u64>(), began.elapsed().as_secs());
}
