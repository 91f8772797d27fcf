//! The expressions in `Plural-Forms`: those of C with one variable, `n`.

/// The value for `n`; `None` when this is not such an expression. Every step takes a character at
/// least, so the limit of the length also limits how deep the recursion goes.
pub(super) fn evaluate(expression: &str, n: u64) -> Option<u64> {
    if expression.len() > 400 {
        return None;
    }
    let mut reading = Reading { rest: expression, n };
    let value = reading.choice()?;
    reading.rest.trim().is_empty().then_some(value)
}

/// From the weakest to the strongest; of two that begin alike, the longer one first.
const LEVELS: [&[&str]; 6] = [&["||"], &["&&"], &["==", "!="], &["<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%"]];

struct Reading<'e> {
    rest: &'e str,
    n: u64,
}

impl Reading<'_> {
    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(token);
        if let Some(rest) = rest {
            self.rest = rest;
        }
        rest.is_some()
    }

    fn choice(&mut self) -> Option<u64> {
        let condition = self.binary(0)?;
        if !self.eat("?") {
            return Some(condition);
        }
        let yes = self.choice()?;
        if !self.eat(":") {
            return None;
        }
        let no = self.choice()?;
        Some(if condition == 0 { no } else { yes })
    }

    fn binary(&mut self, level: usize) -> Option<u64> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = operators.iter().copied().find(|operator| self.eat(operator)) {
            let right = self.binary(level + 1)?;
            left = apply(operator, left, right)?;
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<u64> {
        if self.eat("!") {
            return self.unary().map(|value| u64::from(value == 0));
        }
        if self.eat("(") {
            let value = self.choice()?;
            return self.eat(")").then_some(value);
        }
        if self.eat("n") {
            return Some(self.n);
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        self.rest = &rest[end..];
        rest[..end].parse().ok()
    }
}

fn apply(operator: &str, left: u64, right: u64) -> Option<u64> {
    Some(match operator {
        "||" => u64::from(left != 0 || right != 0),
        "&&" => u64::from(left != 0 && right != 0),
        "==" => u64::from(left == right),
        "!=" => u64::from(left != right),
        "<=" => u64::from(left <= right),
        ">=" => u64::from(left >= right),
        "<" => u64::from(left < right),
        ">" => u64::from(left > right),
        "+" => left.checked_add(right)?,
        "-" => left.checked_sub(right)?,
        "*" => left.checked_mul(right)?,
        "/" => left.checked_div(right)?,
        _ => left.checked_rem(right)?,
    })
}
