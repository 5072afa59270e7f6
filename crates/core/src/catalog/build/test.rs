//! `[[test]]`: a learner in a few words, and what an audit of them must say.

use std::collections::BTreeMap;

use crate::{
    At, Code, Date, Diagnostic, Document, Holding, Scenario, SchemeId, Span,
    catalog::{
        Qualification, QualificationIx, RequirementIx, RuleTest,
        build::{
            defined_in,
            value::{ONCE, Values},
        },
        resolve::{Names, duplicate},
    },
    diagnostic::tick,
    document::{Name, RuleTestTable},
};

mod expect;

mod held;

/// What a test is read with.
struct Context<'a> {
    names: &'a Names,
    qualifications: &'a [Qualification],
    qualification: &'a Qualification,
    ix: QualificationIx,
    /// Others that are asked about at once, sorted.
    beside: &'a [QualificationIx],
    /// Whether the rules have no errors so far: otherwise a name that is missing may be their fault.
    is_sound: bool,
}

/// Builds the tests of all files, in the order of their qualifications and names.
pub(super) fn build(
    documents: &[Document],
    names: &Names,
    qualifications: &[Qualification],
    values: &mut Values,
) -> Vec<RuleTest> {
    let is_sound = !values.has_errors();
    let mut tests = Vec::new();
    let mut named: BTreeMap<(QualificationIx, &str), Span> = BTreeMap::new();
    for document in documents {
        for table in document.test.iter().flat_map(|tables| &tables.value) {
            let name = values.required(table.value.name.as_ref(), table.span, &table.value.present, "name");
            let Some(ix) = asked(document, table, names, qualifications, values) else { continue };
            if let Some(name) = name
                && let Some(first) = named.insert((ix, &name.value), name.span)
            {
                values.add(duplicate("test", &name.value, name.span, first));
            }
            let beside = beside(table, ix, names, values);
            let qualification = &qualifications[ix.index()];
            let context = Context { names, qualifications, qualification, ix, beside: &beside, is_sound };
            tests.extend(test(table, name, &context, values));
        }
    }
    tests.sort_by(|a, b| (a.qualification, &a.name).cmp(&(b.qualification, &b.name)));
    tests
}

/// The qualification that a test is about: the one it names, else that of its file.
fn asked(
    document: &Document,
    table: &At<RuleTestTable>,
    names: &Names,
    qualifications: &[Qualification],
    values: &mut Values,
) -> Option<QualificationIx> {
    if let Some(name) = &table.value.qualification {
        return values.take(names.qualification(name));
    }
    if !document.present.contains("qualification") {
        let help = "add `qualification = \"…\"`, because the file defines none";
        values.missing(table.span, &table.value.present, "qualification", help);
        return None;
    }
    defined_in(document, qualifications)
}

/// The others that are asked about at once.
fn beside(
    table: &At<RuleTestTable>,
    asked: QualificationIx,
    names: &Names,
    values: &mut Values,
) -> Vec<QualificationIx> {
    let Some(list) = table.value.beside.as_ref().and_then(|list| values.filled(list, "beside")) else {
        return Vec::new();
    };
    let mut others = values.names(list, ONCE, |name| names.qualification(name));
    if others.contains(&asked) {
        let message = "a qualification is not asked about beside itself";
        let finding = Diagnostic::new(Code::ConflictingKeys, list.span, message);
        values.add(finding.help("name the others only"));
    }
    if let Some(outcome) = &table.value.outcome {
        let message = "an outcome is asked about by itself";
        let finding = Diagnostic::new(Code::ConflictingKeys, outcome.span, message);
        values.add(finding.help("take `outcome` or `beside` out"));
    }
    others.sort_unstable();
    others
}

fn test(
    table: &At<RuleTestTable>,
    name: Option<&At<String>>,
    context: &Context<'_>,
    values: &mut Values,
) -> Option<RuleTest> {
    let written = &table.value;
    values.written_in.clone_from(&context.qualification.scheme);
    let on = day(table, context, values);
    let outcome = written.outcome.as_ref().and_then(|name| context.outcome(name, values));
    let scenario = word(written.scenario.as_ref(), "scenario", Scenario::ALL, Scenario::word, values);
    let mut satisfied: Vec<RequirementIx> = Vec::new();
    let mut holdings: Vec<Holding> = Vec::new();
    for entry in written.holds.iter().flat_map(|list| &list.value) {
        match entry.value.plain.as_ref().and_then(|name| name.value.strip_prefix('@')) {
            Some(requirement) => {
                let name = At { value: requirement.to_owned(), span: entry.span };
                satisfied.extend(context.requirement(&name, values));
            }
            None => holdings.extend(held::holding(entry, context, values)),
        }
    }
    satisfied.sort_unstable();
    satisfied.dedup();
    let attested = written.attests.iter().flat_map(|list| &list.value);
    let attestations = attested.filter_map(|entry| held::attestation(entry, values)).collect();
    let expect = values.required(written.expect.as_ref(), table.span, &written.present, "expect")?;
    let expectations = expect::expectations(expect, context, values);
    Some(RuleTest {
        name: name?.value.clone(),
        qualification: context.ix,
        beside: context.beside.to_vec(),
        outcome,
        on: on?,
        scenario: scenario.unwrap_or(Scenario::Earned),
        satisfied,
        holdings,
        attestations,
        expectations,
        span: name?.span,
    })
}

/// The day of a test: a test that depended on the day on which it is run would say nothing.
fn day(table: &At<RuleTestTable>, context: &Context<'_>, values: &mut Values) -> Option<Date> {
    if let Some(on) = &table.value.on {
        return values.date(on, "on");
    }
    let effective = context.qualification.effective;
    if effective.is_none() && context.is_sound {
        let help = "add `on = …`, a day: the answer must be the same whenever the test is run";
        values.missing(table.span, &table.value.present, "on", help);
    }
    effective
}

/// One of the words of a record.
fn word<T: Copy>(
    text: Option<&At<String>>,
    key: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    values: &mut Values,
) -> Option<T> {
    let words: Vec<_> = all.iter().map(|&one| (word(one), one)).collect();
    values.word(text?, key, &words)
}

impl Context<'_> {
    /// The outcome of a name.
    fn outcome(&self, name: &At<Name>, values: &mut Values) -> Option<RequirementIx> {
        let found = self.qualification.find_outcome(&name.value);
        if found.is_none() && self.is_sound {
            let outcomes = self.qualification.outcomes.iter();
            let known = outcomes.map(|&ix| self.qualification.requirement(ix).id.as_str());
            let what = format!("outcome of {}", tick(self.qualification.id.as_str()));
            values.add(self.names.guesses.unknown(name, &what, known));
        }
        found
    }

    /// The scheme of a name.
    fn scheme(&self, name: &At<Name>, values: &mut Values) -> Option<SchemeId> {
        let before = values.written_in.clone();
        let scheme = values.write_in(Some(name), None, self.names);
        values.written_in = before;
        scheme
    }

    /// The requirement of a name.
    fn requirement(&self, name: &At<Name>, values: &mut Values) -> Option<RequirementIx> {
        let all = &self.qualification.requirements;
        if let Some(at) = all.iter().position(|requirement| requirement.id.as_str() == name.value) {
            return Some(RequirementIx::at(at));
        }
        if self.is_sound {
            let known = all.iter().map(|requirement| requirement.id.as_str());
            let what = format!("requirement of {}", tick(self.qualification.id.as_str()));
            values.add(self.names.guesses.unknown(name, &what, known));
        }
        None
    }
}
