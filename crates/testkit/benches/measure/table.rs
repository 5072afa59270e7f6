//! The figures as tables.

use std::{fmt, fs, time::Duration};

use cairn_testkit::scale;

use crate::{Family, Options, Samples, answer::Answer, sample::Timed};

/// Between these lines of the page the tables stand.
const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// The figures of one family.
pub(crate) struct Row {
    pub(crate) family: &'static Family,
    pub(crate) ours: Samples,
    pub(crate) anew: Samples,
    pub(crate) audit: Samples,
    pub(crate) peers: Vec<Samples>,
}

/// How many answers of another solver are ours.
pub(crate) struct Judged {
    pub(crate) same: usize,
    /// The seeds of those that are not.
    pub(crate) other: Vec<usize>,
    pub(crate) unanswered: usize,
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Judged { same, other, unanswered } = self;
        write!(f, "{same} same, {} other {other:?}, {unanswered} unanswered", other.len())
    }
}

pub(crate) fn compared(ours: &Samples, theirs: &Samples) -> Judged {
    let mut judged = Judged { same: 0, other: Vec::new(), unanswered: 0 };
    for (seed, pair) in ours.cases.iter().zip(&theirs.cases).enumerate() {
        match pair {
            (Some(one), Some(other)) if one.answer == other.answer => judged.same += 1,
            (Some(_), Some(_)) => judged.other.push(seed),
            _ => judged.unanswered += 1,
        }
    }
    judged
}

/// The least times in which so many percent of the cases were answered, in order; a case that was
/// given up took longer than all.
struct Times {
    sorted: Vec<Duration>,
    given_up: usize,
}

impl Times {
    fn of(samples: &Samples, finished: &[bool], time: fn(&Timed) -> Duration) -> Times {
        let open = samples.cases.iter().zip(finished).filter(|(_, is_finished)| !**is_finished);
        let cases: Vec<_> = open.map(|(case, _)| case.as_ref().map(time)).collect();
        let mut sorted: Vec<_> = cases.iter().flatten().copied().collect();
        sorted.sort_unstable();
        Times { given_up: cases.len() - sorted.len(), sorted }
    }

    fn len(&self) -> usize {
        self.sorted.len() + self.given_up
    }

    fn at(&self, percent: usize) -> Option<Duration> {
        let rank = (self.len() * percent).div_ceil(100).max(1);
        self.sorted.get(rank - 1).copied()
    }

    fn shown(&self, percents: &[usize]) -> String {
        let shown = |percent: &usize| self.at(*percent).map_or_else(|| "given up".to_owned(), time);
        percents.iter().map(shown).collect::<Vec<_>>().join(" | ")
    }
}

impl Row {
    /// Which learners have nothing left to do; real ones are not counted then.
    fn finished(&self) -> Vec<bool> {
        let is_finished = |case: &Option<Timed>| {
            self.family.is_real() && case.as_ref().is_some_and(|case| case.answer.is_complete())
        };
        self.ours.cases.iter().map(is_finished).collect()
    }

    /// The figures in a line, as they come.
    pub(crate) fn line(&self) -> String {
        let finished = self.finished();
        let warm = Times::of(&self.ours, &finished, |case| case.warm);
        let mut line =
            format!("{:14} n {} warm {}", self.family.name(), warm.len(), warm.shown(&[50, 90, 99, 100]));
        for theirs in &self.peers {
            let times = Times::of(theirs, &finished, |case| case.warm);
            line += &format!("; peer {} ({})", times.shown(&[50, 99, 100]), compared(&self.ours, theirs));
        }
        line + &format!("; against what is known: {}", self.known())
    }

    /// How many answers are what is known otherwise.
    fn known(&self) -> String {
        let known = self.ours.cases.iter().zip(&self.ours.optima);
        let is_right: Vec<bool> = known
            .filter_map(|(case, optimum)| Some((&case.as_ref()?.answer, (*optimum)?)))
            .map(|(answer, optimum)| matches!(answer, Answer::Costs(costs) if costs[0] == optimum))
            .collect();
        if is_right.is_empty() {
            return "–".to_owned();
        }
        format!("{} of {}", is_right.iter().filter(|right| **right).count(), is_right.len())
    }
}

/// All tables, in Markdown.
pub(crate) fn tables(rows: &[Row], options: &Options) -> String {
    let mut text = String::from(
        "| family | n | p50 | p90 | p99 | worst | cold p50 | cold p99 | anew p50 | anew p99 | audit p50 | audit p99 | known otherwise |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let finished = row.finished();
        let warm = Times::of(&row.ours, &finished, |case| case.warm);
        let cold = Times::of(&row.ours, &finished, |case| case.cold);
        let anew = Times::of(&row.anew, &finished, |case| case.warm);
        let audit = Times::of(&row.audit, &finished, |case| case.warm);
        text += &format!(
            "| {} | {} | {} | {} | {} | {} | {} |\n",
            row.family.name(),
            warm.len(),
            warm.shown(&[50, 90, 99, 100]),
            cold.shown(&[50, 99]),
            anew.shown(&[50, 99]),
            audit.shown(&[50, 99]),
            row.known(),
        );
    }
    for (at, peer) in options.peers.iter().enumerate() {
        text += &format!(
            "\n| family | {peer} n | p50 | p90 | p99 | worst | p50 ÷ anew | p99 ÷ anew | p50 ÷ warm | p99 ÷ warm | other answers |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
        );
        for row in rows {
            let finished = row.finished();
            let warm = Times::of(&row.ours, &finished, |case| case.warm);
            let anew = Times::of(&row.anew, &finished, |case| case.cold);
            let theirs = Times::of(&row.peers[at], &finished, |case| case.warm);
            let judged = compared(&row.ours, &row.peers[at]);
            text += &format!(
                "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
                row.family.name(),
                theirs.len(),
                theirs.shown(&[50, 90, 99, 100]),
                ratio(theirs.at(50), anew.at(50)),
                ratio(theirs.at(99), anew.at(99)),
                ratio(theirs.at(50), warm.at(50)),
                ratio(theirs.at(99), warm.at(99)),
                judged.other.len(),
            );
        }
    }
    text += "\n| family | what it is |\n|---|---|\n";
    for row in rows {
        text += &format!("| {} | {} |\n", row.family.name(), row.family.about());
    }
    text
}

/// Three figures of a time.
fn time(time: Duration) -> String {
    let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    match nanos {
        0..1_000_000 => format!("{} µs", three(nanos)),
        1_000_000..1_000_000_000 => format!("{} ms", three(nanos / 1_000)),
        _ => format!("{} s", three(nanos / 1_000_000)),
    }
}

/// Thousandths in three figures.
fn three(thousandths: u64) -> String {
    match thousandths {
        0..10_000 => format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10),
        10_000..100_000 => format!("{}.{}", thousandths / 1000, thousandths % 1000 / 100),
        _ => format!("{}", thousandths / 1000),
    }
}

fn ratio(theirs: Option<Duration>, ours: Option<Duration>) -> String {
    match (theirs, ours) {
        (Some(theirs), Some(ours)) => {
            let times = theirs.as_nanos() * 1000 / ours.as_nanos().max(1);
            three(u64::try_from(times).unwrap_or(u64::MAX))
        }
        _ => "–".to_owned(),
    }
}

/// Puts the tables into the page.
pub(crate) fn write(tables: &str) {
    let path = scale::folder().join("../../docs/reference/performance.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let (before, rest) = page.split_once(BEGIN).expect("the page says where the tables begin");
    let (_, after) = rest.split_once(END).expect("the page says where the tables end");
    fs::write(&path, format!("{before}{BEGIN}\n\n{tables}\n{END}{after}")).expect("the page can be written");
}
