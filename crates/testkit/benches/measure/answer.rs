//! An answer in a form that goes through a pipe and can be compared.

use std::fmt;

use cairn_engine::Cost;

/// The parts of the cost, the first in thousandths; nothing where nothing completes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Costs(Vec<i64>),
    Unreachable,
    /// The solver gave up, or what it gave does not hold.
    Nothing(String),
}

impl Answer {
    pub(crate) fn of(cost: Option<Cost>) -> Answer {
        let number = |number: u64| i64::try_from(number).expect("few");
        match cost {
            Some(cost) => {
                Answer::Costs(vec![cost.measure.thousandths(), number(cost.new), number(cost.attestations)])
            }
            None => Answer::Unreachable,
        }
    }

    pub(crate) fn read(text: &str) -> Answer {
        if text == "unreachable" {
            return Answer::Unreachable;
        }
        let costs: Result<Vec<i64>, _> = text.split_whitespace().map(str::parse).collect();
        costs.map_or_else(|_| Answer::Nothing(text.to_owned()), Answer::Costs)
    }

    /// Whether there is nothing left to do.
    pub(crate) fn is_complete(&self) -> bool {
        matches!(self, Answer::Costs(costs) if costs.iter().all(|&cost| cost == 0))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Costs(costs) => {
                let costs: Vec<_> = costs.iter().map(i64::to_string).collect();
                f.write_str(&costs.join(" "))
            }
            Answer::Unreachable => f.write_str("unreachable"),
            Answer::Nothing(why) => write!(f, "nothing: {}", why.replace(['\n', '\t'], " ")),
        }
    }
}
