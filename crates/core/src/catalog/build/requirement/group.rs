//! `all`, `any` and `choose`: groups of what is named in a list.

use std::collections::BTreeMap;

use crate::{
    At, Code, Diagnostic, Span,
    catalog::{
        AwardMode, Rule,
        build::{
            requirement::{Draft, DraftRule, Drafts, Least, take::one_credential},
            value::{ONE_HOLDING, Values, named_twice},
        },
        resolve::Meaning,
    },
    diagnostic::{shorten, tick},
    document::{Keys, Number, OutcomeTable, QualificationTable, RequirementTable},
};

type List<'d> = &'d At<Vec<At<String>>>;

/// The keys that groups are made of; a qualification has them as well as a requirement.
pub(super) struct Group<'d> {
    all: Option<List<'d>>,
    any: Option<List<'d>>,
    choose: Option<&'d At<Number>>,
    of: Option<List<'d>>,
    present: &'d Keys,
    span: Span,
    /// Whether credentials that are named are looked at among what counts, instead of taken.
    looks: bool,
}

/// The keys of a group in one of the tables that have them.
macro_rules! group {
    ($table:expr, $span:expr, looks = $looks:expr) => {
        Group {
            all: $table.all.as_ref(),
            any: $table.any.as_ref(),
            choose: $table.choose.as_ref(),
            of: $table.of.as_ref(),
            present: &$table.present,
            span: $span,
            looks: $looks,
        }
    };
}

impl<'d> Group<'d> {
    pub(super) fn of_qualification(At { value: table, span }: &'d At<QualificationTable>) -> Self {
        group!(table, *span, looks = false)
    }

    pub(super) fn of_requirement(table: &'d RequirementTable, span: Span) -> Self {
        group!(table, span, looks = false)
    }

    pub(super) fn of_outcome(At { value: table, span }: &'d At<OutcomeTable>) -> Self {
        group!(table, *span, looks = true)
    }

    /// The verb, the list that belongs to it, and the key of that list.
    fn verb(&self, verbs: &[&str], values: &mut Values) -> Option<(Option<List<'d>>, &'static str)> {
        let written: Vec<_> = verbs.iter().filter(|verb| self.present.contains(verb)).copied().collect();
        let &[verb] = &written[..] else {
            let message = match written.len() {
                // What a misspelt key would have said is not missing.
                0 if self.present.has_unknown() => return None,
                0 => "it is not said what completes it".to_owned(),
                _ => format!("it is said in several ways what completes it: `{}`", written.join("`, `")),
            };
            let help = "write exactly one of `all = [...]`, `any = [...]`, or `choose = k` with `of = [...]`";
            values.add(Diagnostic::new(Code::ConflictingKeys, self.span, message).help(help));
            return None;
        };
        if self.present.contains("of") && verb != "choose" {
            let finding = Diagnostic::new(Code::ConflictingKeys, self.span, "`of` goes with `choose`");
            values.add(finding.help(format!("write `choose = k` in place of `{verb}`, or take `of` out")));
        }
        Some(match verb {
            "all" => (self.all, "all"),
            "any" => (self.any, "any"),
            _ => (self.of, "of"),
        })
    }
}

impl Drafts<'_> {
    pub(super) fn group(
        &mut self,
        parent: &str,
        group: &Group<'_>,
        verbs: &[&str],
        values: &mut Values,
    ) -> Option<DraftRule> {
        let (list, key) = group.verb(verbs, values)?;
        let list = values.required_list(list, group.span, group.present, key)?;
        let children = self.children(parent, list, group.looks, values);
        let least = match key {
            "all" => Least::All,
            "any" => Least::One,
            _ => Least::Number(choice(group.choose?, list, values)?),
        };
        Some(DraftRule::Group { least, children })
    }

    /// `same` with `each`: all of several, for one value of an attribute.
    pub(super) fn same(
        &mut self,
        parent: &str,
        table: &RequirementTable,
        span: Span,
        values: &mut Values,
    ) -> Option<DraftRule> {
        let list = values.required_list(table.each.as_ref(), span, &table.present, "each")?;
        let children = self.children(parent, list, false, values);
        Some(DraftRule::Same { by: table.same.as_ref()?.value.clone(), children })
    }

    /// The children of a list; a credential or qualification named directly becomes a requirement of its own.
    fn children(&mut self, parent: &str, list: List<'_>, looks: bool, values: &mut Values) -> Vec<String> {
        let mut children: BTreeMap<String, Span> = BTreeMap::new();
        for name in &list.value {
            let Some(child) = self.child(parent, name, looks, values) else { continue };
            match children.get(&child) {
                Some(&first) => values.add(named_twice(name, first, ONE_HOLDING)),
                None => drop(children.insert(child, name.span)),
            }
        }
        children.into_keys().collect()
    }

    fn child(&mut self, parent: &str, name: &At<String>, looks: bool, values: &mut Values) -> Option<String> {
        let meaning = self.names.resolve(name);
        if let Some(&span) = self.named.get(name.value.as_str()) {
            if meaning.is_ok() {
                values.add(ambiguous(name, span));
            }
            return Some(name.value.clone());
        }
        let rule = match meaning {
            Ok(Meaning::Credential(credential)) => one_credential(credential, looks, name.span),
            Ok(Meaning::Qualification(qualification)) => Rule::Award(qualification, AwardMode::Either),
            Err(finding) => {
                values.add(self.no_child(name, finding));
                return None;
            }
        };
        let id = format!("{parent}/{}", name.value);
        let (title, rule) = (name.value.clone(), DraftRule::Leaf(rule));
        let draft = Draft { id: id.clone(), title, rule, when: None, after: Vec::new(), span: name.span };
        self.drafts.insert(id.clone(), draft);
        Some(id)
    }

    /// Says what a name is that cannot be asked for. `elsewhere` is what the catalog says of it.
    fn no_child(&self, name: &At<String>, elsewhere: Diagnostic) -> Diagnostic {
        if elsewhere.code == Code::AmbiguousName {
            return elsewhere;
        }
        if self.pools.contain(&name.value) {
            let shown = shorten(&name.value);
            let message = format!("`{shown}` is a pool, and a pool asks for nothing");
            let help = format!(
                "write a requirement that takes from it, `[requirement.NAME]` with `count = 1` and `from = \"{shown}\"`, and name that"
            );
            return Diagnostic::new(Code::UnknownName, name.span, message).help(help);
        }
        let own = self.names.guesses.unknown(
            name,
            "requirement, credential or qualification",
            self.named.keys().copied(),
        );
        let is_guess = |help: &Option<String>| help.as_ref().is_some_and(|help| help.starts_with("did"));
        if !is_guess(&own.help) && is_guess(&elsewhere.help) {
            return Diagnostic { help: elsewhere.help, ..own };
        }
        own
    }
}

fn choice(choose: &At<Number>, list: List<'_>, values: &mut Values) -> Option<u32> {
    let chosen = values.whole(choose, "choose", 1)?;
    let number = list.value.len();
    if chosen as usize > number {
        let message = format!("`choose = {chosen}` asks for more than the {number} that `of` names");
        values.add(
            Diagnostic::new(Code::ChoiceTooLarge, choose.span, message)
                .also(list.span, "the choice")
                .help(format!("ask for at most {number}, or name more")),
        );
        return None;
    }
    Some(chosen)
}

fn ambiguous(name: &At<String>, requirement: Span) -> Diagnostic {
    let message =
        format!("{} is a requirement of this file and also a credential or qualification", tick(&name.value));
    Diagnostic::new(Code::AmbiguousName, name.span, message)
        .also(requirement, "the requirement")
        .help("give the requirement another name")
}
