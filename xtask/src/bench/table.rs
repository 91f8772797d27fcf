//! The figures, beside their goals.

pub(super) struct Table(Vec<[String; 3]>);

impl Table {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn row(&mut self, what: &str, figure: String, goal: &str) {
        eprintln!("{what}: {figure}");
        self.0.push([what.to_owned(), figure, goal.to_owned()]);
    }

    pub(super) fn print(&self) {
        let width = |column: usize| self.0.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let (first, second) = (width(0), width(1));
        println!("\n{:first$}  {:>second$}  goal", "", "measured");
        for [what, figure, goal] in &self.0 {
            println!("{what:first$}  {figure:>second$}  {goal}");
        }
    }
}
