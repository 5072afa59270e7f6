//! `[[outcome]]`: requirements that have a title of their own when they are met beside the root.

use crate::{
    At, Code, Diagnostic, Document, RequirementId,
    catalog::{
        build::{
            requirement::{Draft, Drafts, group::Group},
            value::Values,
        },
        resolve::duplicate,
    },
    document::OutcomeTable,
};

impl<'d> Drafts<'d> {
    pub(super) fn outcomes(&mut self, document: &'d Document, values: &mut Values) {
        for table in document.outcome.iter().flat_map(|tables| &tables.value) {
            self.outcome(table, values);
        }
        self.outcomes.sort_unstable();
    }

    fn outcome(&mut self, table: &'d At<OutcomeTable>, values: &mut Values) {
        let At { value: OutcomeTable { id, title, present, .. }, span } = table;
        values.missing(*span, present, "id", "an outcome needs a name: `id = \"…\"`");
        let Some(id) = id else { return };
        if values.id::<RequirementId>(id).is_none() {
            return;
        }
        if id.value.contains(['/', '#']) {
            let message = "`/` may not stand in the name of an outcome";
            let finding = Diagnostic::new(Code::InvalidId, id.span, message);
            return values.add(finding.help("write `-` in its place"));
        }
        if let Some(&first) = self.named.get(id.value.as_str()) {
            return values.add(duplicate("requirement", &id.value, id.span, first));
        }
        if let Some(first) = self.drafts.get(&id.value) {
            return values.add(duplicate("outcome", &id.value, id.span, first.span));
        }
        let group = Group::of_outcome(table);
        if let Some(rule) = self.group(&id.value, &group, &["all", "any", "choose"], values) {
            let title = title.as_ref().map_or_else(|| id.value.clone(), |title| title.value.clone());
            self.drafts.insert(
                id.value.clone(),
                Draft { id: id.value.clone(), title, rule, when: None, after: Vec::new(), span: id.span },
            );
            self.outcomes.push(id.value.clone());
        }
    }
}
