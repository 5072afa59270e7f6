//! `[[sharing]]`: the policies, each one idea with a name.

use crate::{
    At, Code, Diagnostic, Document, PolicyId, Span,
    catalog::{
        Filter, Qualification, QualificationIx, Sharing, SharingRule, Way,
        build::{
            defined_in,
            value::{ONCE, Values},
        },
        resolve::{Names, duplicate},
    },
    document::{LimitBoundTable, Name, SharingTable},
};

mod amount;

mod ban;
pub(in crate::catalog) use ban::ban;

/// The keys of which a policy has exactly one.
const RULES: [&str; 7] =
    ["at_most", "unique_at_least", "surplus_above", "max_purposes", "max_partners", "banned", "banned_above"];

/// Why no qualification is named twice.
const TWO: &str = "a policy is between different qualifications";

/// Builds the policies of all files, in canonical order.
pub(super) fn build(
    documents: &[Document],
    qualifications: &[Qualification],
    names: &Names,
    values: &mut Values,
) -> Vec<Sharing> {
    let mut policies: Vec<Sharing> = Vec::new();
    for document in documents {
        // A file whose qualification is broken says so; its policies belong to nobody else.
        let is_owned = document.present.contains("qualification");
        let owner = defined_in(document, qualifications);
        let scheme = owner.and_then(|owner| qualifications[owner.index()].scheme.as_ref());
        for table in document.sharing.iter().flat_map(|tables| &tables.value) {
            values.write_in(table.value.scheme.as_ref(), scheme, names);
            let policy = Author { table, qualifications, names }.policy(owner, values);
            policies.extend(policy.filter(|_| !is_owned || owner.is_some()));
        }
    }
    // What is equal stays in the order of the documents, which is that of their names.
    policies.sort_by_cached_key(|policy| {
        let Sharing { id, title, owner, between, way, only, looks_into_awards, filter, rule, .. } = policy;
        let content = format!("{title:?} {way:?} {only:?} {looks_into_awards:?} {filter:?} {rule:?}");
        (id.clone(), *owner, between.clone(), content)
    });
    for pair in policies.windows(2) {
        if let [first, second] = pair
            && let (Some(one), Some(other)) = (&first.id, &second.id)
            && one == other
        {
            values.add(duplicate("sharing policy", one.as_str(), second.span, first.span));
        }
    }
    policies
}

/// One table, and what it may refer to.
struct Author<'a> {
    table: &'a At<SharingTable>,
    qualifications: &'a [Qualification],
    names: &'a Names,
}

impl Author<'_> {
    fn policy(&self, owner: Option<QualificationIx>, values: &mut Values) -> Option<Sharing> {
        let table = &self.table.value;
        let id = table.id.as_ref().and_then(|id| values.id::<PolicyId>(id));
        let (between, way) = self.qualifications(values)?;
        let only = self.only(&between, values);
        let rule = self.rule(&between, &only, way.as_ref(), values)?;
        Some(Sharing {
            id,
            title: table.title.as_ref().map(|title| title.value.clone()),
            owner,
            between,
            way,
            only,
            looks_into_awards: table.looks_into_awards.as_ref().is_some_and(|flag| flag.value),
            filter: Filter { conditions: values.conditions(table.conditions.as_ref()), ..Filter::default() },
            rule,
            span: self.table.span,
            place: String::new(),
        })
    }

    /// Whom it is between, and which of them comes first.
    fn qualifications(&self, values: &mut Values) -> Option<(Vec<QualificationIx>, Option<Way>)> {
        let table = &self.table.value;
        let has = |key| table.present.contains(key);
        if !has("from") && !has("into") {
            let between = table.between.as_ref();
            let between = values.required_list(between, self.table.span, &table.present, "between")?;
            let named = self.named(between, values);
            if between.value.len() == 1 {
                let message = "sharing is between two qualifications or more";
                let finding = Diagnostic::new(Code::EmptyList, between.span, message);
                values.add(finding.help("name another, or take the policy out"));
            }
            return Some((named, None));
        }
        if has("between") {
            let message = "a policy is either `between` qualifications or `from` one `into` another";
            self.conflict(self.table.span, message, "take `between` out, or `from` and `into`", values);
        }
        let from = values.required_list(table.from.as_ref(), self.table.span, &table.present, "from");
        let into = values.required_list(table.into.as_ref(), self.table.span, &table.present, "into");
        let (from, into) = (from?, into?);
        let way = Way { from: self.named(from, values), into: self.named(into, values) };
        let mut between = [&way.from[..], &way.into[..]].concat();
        between.sort_unstable();
        between.dedup();
        if between.len() == 1 {
            let message = "a policy is between two different qualifications";
            self.conflict(into.span, message, "name another, or take the policy out", values);
        }
        Some((between, Some(way)))
    }

    fn named(&self, list: &At<Vec<At<Name>>>, values: &mut Values) -> Vec<QualificationIx> {
        let mut named = values.names(list, TWO, |name| self.names.qualification(name));
        named.sort_unstable();
        named
    }

    /// Whose part is measured: all, unless it says.
    fn only(&self, between: &[QualificationIx], values: &mut Values) -> Vec<QualificationIx> {
        let Some(list) = &self.table.value.only else { return between.to_vec() };
        let Some(filled) = values.filled(list, "for") else { return Vec::new() };
        let mut only = values.names(filled, ONCE, |name| self.names.qualification(name));
        only.sort_unstable();
        if only.iter().any(|one| !between.contains(one)) {
            let message = "`for` names a qualification that the policy is not about";
            self.conflict(list.span, message, "name it in `between` as well, or take it out", values);
        }
        only
    }

    fn rule(
        &self,
        between: &[QualificationIx],
        only: &[QualificationIx],
        way: Option<&Way>,
        values: &mut Values,
    ) -> Option<SharingRule> {
        let table = &self.table.value;
        let present: Vec<_> = RULES.iter().copied().filter(|key| table.present.contains(key)).collect();
        let key = match present[..] {
            [key] => key,
            [] if table.present.has_unknown() => return None,
            [] => {
                let finding =
                    Diagnostic::new(Code::MissingKey, self.table.span, "this policy demands nothing");
                values.add(finding.help(format!("add one of: {}", RULES.join(", "))));
                return None;
            }
            _ => {
                let message = format!("`{}` are policies of their own", present.join("`, `"));
                self.conflict(self.table.span, &message, "write a `[[sharing]]` for each", values);
                return None;
            }
        };
        let is_joint = table.present.contains("jointly_with");
        self.strays(key, is_joint, way.is_some(), values);
        let bounds =
            |bound: &Option<At<LimitBoundTable>>, measured: &[QualificationIx], values: &mut Values| {
                let bound = bound.as_ref()?;
                self.bounds(bound, key, measured, values)
            };
        Some(match key {
            "at_most" if is_joint => {
                let sources = self.sources(values);
                SharingRule::Jointly(bounds(&table.at_most, only, values)?, sources?)
            }
            "at_most" => {
                let into = way.map_or(&[][..], |way| &way.into);
                SharingRule::AtMost(bounds(&table.at_most, into, values)?)
            }
            "unique_at_least" => SharingRule::UniqueAtLeast(bounds(&table.unique_at_least, only, values)?),
            "surplus_above" => SharingRule::SurplusAbove(bounds(&table.surplus_above, only, values)?),
            "max_purposes" => SharingRule::MaxPurposes(self.number(key, between.len(), 1, values)?),
            "max_partners" => {
                SharingRule::MaxPartners(self.number(key, between.len().saturating_sub(1), 0, values)?)
            }
            _ => self.banned(key, values)?,
        })
    }

    /// What does not go with the key that says what the policy demands.
    fn strays(&self, key: &str, is_joint: bool, has_way: bool, values: &mut Values) {
        let table = &self.table.value;
        if is_joint && key != "at_most" {
            let message = format!("`jointly_with` goes with `at_most`, not with `{key}`");
            self.conflict(self.table.span, &message, "take it out", values);
        }
        if has_way && (key != "at_most" || is_joint) {
            let key = if is_joint { "jointly_with" } else { key };
            let message = format!("`{key}` has no direction");
            self.conflict(self.table.span, &message, "write `between` instead of `from` and `into`", values);
        }
        let for_each = is_joint || matches!(key, "unique_at_least" | "surplus_above");
        if let Some(only) = table.only.as_ref().filter(|_| !for_each) {
            let message = format!("`for` says whose part is measured, and `{key}` measures nobody's part");
            self.conflict(only.span, &message, "take it out", values);
        }
        if let Some(conditions) = table.conditions.as_ref().filter(|_| key == "banned") {
            let message = "`banned` is not about some credentials only";
            self.conflict(conditions.span, message, "take `where` out, or write `banned_above`", values);
        }
    }

    fn banned(&self, key: &str, values: &mut Values) -> Option<SharingRule> {
        let table = &self.table.value;
        if key == "banned_above" {
            let above = values.bounds(table.banned_above.as_ref()?, None);
            let above = above.into_iter().map(|(measure, amount, _)| (measure, amount)).collect();
            return Some(SharingRule::Banned { above: Some(above), pairs: Vec::new() });
        }
        let banned = table.banned.as_ref()?;
        if !banned.value {
            let finding = Diagnostic::new(Code::Vacuous, banned.span, "`banned = false` demands nothing");
            values.add(finding.help("take the policy out"));
        }
        Some(SharingRule::Banned { above: None, pairs: Vec::new() })
    }

    fn conflict(&self, span: Span, message: &str, help: &str, values: &mut Values) {
        values.add(Diagnostic::new(Code::ConflictingKeys, span, message).help(help));
    }
}
