//! Reads the text of a proof, from whomever it comes.

use crate::{
    Certificate, Problem, Solution, Var,
    certificate::{Case, Cut, Multiplier, Source, Stage, Step},
    proof::{HEADER, Proof},
};

/// Why a text is not a proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ReadError {
    line: usize,
    what: &'static str,
}

/// The most objectives of a problem; each is a stage that is checked by itself.
const OBJECTIVES_MAX: usize = 16;

/// Reads a text that [`Proof::write`] made. Whether it proves anything is another question.
///
/// # Errors
///
/// Names the first line that is not as it should be.
pub fn read(text: &str) -> Result<Proof, ReadError> {
    let mut reader = Reader::default();
    let mut lines = (1..).zip(text.lines());
    let header = lines.next();
    if header.is_none_or(|(_, line)| line != HEADER) {
        return Err(ReadError { line: 1, what: "the text does not begin with `cairn certificate 1`" });
    }
    for (line, content) in lines {
        if reader.is_ended {
            return Err(ReadError { line, what: "there is something after the end" });
        }
        reader.line(content).map_err(|what| ReadError { line, what })?;
    }
    reader.finish().map_err(|what| ReadError { line: text.lines().count(), what })
}

#[derive(Default)]
struct Reader {
    problem: Problem,
    names: Vec<String>,
    solution: Option<Option<Vec<i64>>>,
    certificate: Certificate,
    is_ended: bool,
}

type Read<T> = Result<T, &'static str>;

impl Reader {
    fn line(&mut self, content: &str) -> Read<()> {
        let (word, rest) = content.split_once(' ').unwrap_or((content, ""));
        let is_problem = matches!(word, "var" | "row" | "minimise");
        if is_problem && self.solution.is_some() {
            return Err("the problem goes on after its solution");
        }
        match word {
            "var" => self.var(rest),
            "row" => {
                let (least, terms) = rest.split_once(' ').unwrap_or((rest, ""));
                let least = number(least)?;
                let terms = self.terms(terms, least)?;
                self.problem.at_least(terms, least);
                Ok(())
            }
            "minimise" => {
                if self.problem.objectives.len() == OBJECTIVES_MAX {
                    return Err("there are more objectives than any honest problem has");
                }
                let terms = self.terms(rest, 0)?;
                if terms.iter().any(|&(_, factor)| factor <= 0) {
                    return Err("a cost is not positive");
                }
                self.problem.minimise(terms);
                Ok(())
            }
            "solution" => self.solution(rest),
            "stage" => {
                let (best, known) = rest.split_once(' ').ok_or("a stage has two values")?;
                let (best, known) = (optional(best)?, optional(known)?);
                self.certificate.stages.push(Stage { best, known, ..Stage::default() });
                Ok(())
            }
            "root" => {
                let steps = self.steps(rest)?;
                self.stage()?.root = steps;
                Ok(())
            }
            "cut" => {
                let (head, rows) = rest.split_once(':').ok_or("a cut has a divisor and rows")?;
                let mut words = head.split_ascii_whitespace();
                let divisor = number(words.next().ok_or("a cut has a divisor")?)?;
                let from_above = words.map(|var| self.known_var(var)).collect::<Read<_>>()?;
                let cut = Cut { rows: multipliers(rows)?, divisor, from_above };
                self.stage()?.cuts.push(cut);
                Ok(())
            }
            "divide" => {
                let (var, at) = rest.split_once(' ').ok_or("a division has a variable and a value")?;
                let case = Case::Divided { var: self.known_var(var)?, at: number(at)? };
                self.stage()?.cases.push(case);
                Ok(())
            }
            "close" => {
                let (steps, rows) = rest.split_once(':').map_or((rest, ""), |_| split_at_colon(rest));
                let case = Case::Closed { steps: self.steps(steps)?, rows: multipliers(rows)? };
                self.stage()?.cases.push(case);
                Ok(())
            }
            "end" => {
                self.is_ended = true;
                Ok(())
            }
            _ => Err("this is not a line of a certificate"),
        }
    }

    fn stage(&mut self) -> Read<&mut Stage> {
        self.certificate.stages.last_mut().ok_or("there is no stage yet")
    }

    fn var(&mut self, rest: &str) -> Read<()> {
        if !self.problem.rows.is_empty() || !self.problem.objectives.is_empty() {
            return Err("variables stand before rows and objectives");
        }
        let (upper, name) = rest.split_once(' ').ok_or("a variable has a bound and a name")?;
        let upper = number(upper)?;
        if !(0..=Problem::MAGNITUDE_MAX).contains(&upper) {
            return Err("the bound of a variable is out of range");
        }
        self.problem.var(upper, 0);
        self.names.push(name.to_owned());
        Ok(())
    }

    fn known_var(&self, name: &str) -> Read<Var> {
        let index: u32 =
            name.strip_prefix('v').and_then(|digits| digits.parse().ok()).ok_or("not a variable")?;
        if (index as usize) < self.problem.variables() {
            Ok(Var(index))
        } else {
            Err("there is no such variable")
        }
    }

    /// Terms whose sum stays small, each variable once.
    fn terms(&self, text: &str, least: i64) -> Read<Vec<(Var, i64)>> {
        let mut terms = Vec::new();
        let mut magnitude = i128::from(least.unsigned_abs());
        for term in text.split_ascii_whitespace() {
            let (factor, var) = term.split_once('*').ok_or("a term is a factor and a variable")?;
            let (factor, var) = (number(factor)?, self.known_var(var)?);
            if factor == 0 || factor.unsigned_abs() > Problem::MAGNITUDE_MAX.unsigned_abs() {
                return Err("a factor is zero or too large");
            }
            magnitude += i128::from(factor.unsigned_abs()) * i128::from(self.problem.uppers[var.index()]);
            terms.push((var, factor));
        }
        if magnitude > i128::from(Problem::MAGNITUDE_MAX) {
            return Err("the numbers of a row are too large");
        }
        let mut vars: Vec<_> = terms.iter().map(|(var, _)| *var).collect();
        vars.sort_unstable();
        if vars.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err("a variable stands twice in a row");
        }
        Ok(terms)
    }

    fn solution(&mut self, rest: &str) -> Read<()> {
        if self.solution.is_some() {
            return Err("there are two solutions");
        }
        let values = match rest {
            "none" => None,
            values => Some(values.split_ascii_whitespace().map(number).collect::<Read<Vec<i64>>>()?),
        };
        if values.as_ref().is_some_and(|values| values.len() != self.problem.variables()) {
            return Err("a solution has a value for each variable");
        }
        self.solution = Some(values);
        Ok(())
    }

    fn steps(&self, text: &str) -> Read<Vec<Step>> {
        let step = |word: &str| {
            let (row, var) = word.split_once(':').ok_or("a tightening has a row and a variable")?;
            let row = row.strip_prefix('r').and_then(|digits| digits.parse().ok()).ok_or("not a row")?;
            Ok(Step { row, var: self.known_var(var)? })
        };
        text.split_ascii_whitespace().map(step).collect()
    }

    fn finish(self) -> Read<Proof> {
        if !self.is_ended {
            return Err("the text is cut off: it does not close with `end`");
        }
        let values = self.solution.ok_or("there is no solution")?;
        let in_range = |values: &Vec<i64>| {
            values.iter().zip(&self.problem.uppers).all(|(value, upper)| (0..=*upper).contains(value))
        };
        if values.as_ref().is_some_and(|values| !in_range(values)) {
            return Err("a value of the solution is out of its bounds");
        }
        let solution = values.map(|values| Solution {
            costs: (0..self.problem.objectives.len()).map(|at| self.problem.cost(at, &values)).collect(),
            values,
        });
        Ok(Proof { problem: self.problem, names: self.names, solution, certificate: self.certificate })
    }
}

/// The colon that stands alone divides tightenings from rows; those within words do not.
fn split_at_colon(text: &str) -> (&str, &str) {
    if let Some(rows) = text.strip_prefix(':') {
        return ("", rows);
    }
    text.split_once(" :").unwrap_or((text, ""))
}

fn multipliers(text: &str) -> Read<Vec<Multiplier>> {
    let multiplier = |word: &str| {
        let (times, source) = word.split_once('*').ok_or("a multiple has a number and a row")?;
        let row = |prefix| source.strip_prefix(prefix).and_then(|digits: &str| digits.parse().ok());
        let source = match (source, row('r'), row('s'), row('c')) {
            ("better", ..) => Source::Better,
            (_, Some(at), ..) => Source::Row(at),
            (_, _, Some(at), _) => Source::Strengthened(at),
            (_, _, _, Some(at)) => Source::Cut(at),
            _ => return Err("not a row"),
        };
        Ok(Multiplier { source, times: number(times)? })
    };
    text.split_ascii_whitespace().map(multiplier).collect()
}

fn number(text: &str) -> Read<i64> {
    text.parse().map_err(|_| "not a whole number of 64 bits")
}

fn optional(text: &str) -> Read<Option<i64>> {
    if text == "none" { Ok(None) } else { number(text).map(Some) }
}
