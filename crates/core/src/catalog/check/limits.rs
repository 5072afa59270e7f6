//! `contradictory-limits`: nothing is at least 3 and at most 2 of the same.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{Bound, Filter, Limit, Rule, Tally},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for qualification in catalog.qualifications() {
        let everything = Filter::default();
        let of = |bound| qualification.limits.iter().filter(move |limit| limit.bound == bound);
        compare(of(Bound::AtLeast), of(Bound::AtMost), &everything, findings);
        for requirement in &qualification.requirements {
            if let Rule::Take(take) = &requirement.rule {
                compare(take.floors.iter(), take.caps.iter(), &take.filter, findings);
            }
        }
    }
}

/// Compares what stands together; `everything` is what a limit without `from` and `where` speaks of.
fn compare<'c>(
    floors: impl Iterator<Item = &'c Limit>,
    caps: impl Iterator<Item = &'c Limit> + Clone,
    everything: &Filter,
    findings: &mut Vec<Diagnostic>,
) {
    for floor in floors {
        let is_below = |cap: &&Limit| {
            cap.tally == floor.tally
                && floor.share_of_counted().is_none()
                && cap.share_of_counted().is_none()
                && cap.per.is_none()
                && cap.last == floor.last
                && cap.amount < floor.amount
                && speaks_of(cap, everything) == speaks_of(floor, everything)
        };
        // The lowest says it best; the others would only repeat it.
        if let Some(cap) = caps.clone().filter(is_below).min_by_key(|cap| cap.amount) {
            let unit = match &floor.tally {
                Tally::Count => "credentials".to_owned(),
                Tally::Credits => "credits".to_owned(),
                Tally::Sum { of } => of.clone(),
                Tally::Distinct { by } => format!("values of {by}"),
                Tally::Average { .. } => "on average".to_owned(),
            };
            let message = format!(
                "at least {} and at most {} {unit} of the same are asked for",
                floor.amount, cap.amount
            );
            findings.push(
                Diagnostic::new(Code::ContradictoryLimits, floor.span, message)
                    .note("the least")
                    .also(cap.span, "the most")
                    .help("lower the least, raise the most, or say of which credentials each speaks"),
            );
        }
    }
}

fn speaks_of<'c>(limit: &'c Limit, everything: &'c Filter) -> &'c Filter {
    if limit.filter == Filter::default() { everything } else { &limit.filter }
}
