//! `cairn show`: what the rules define, and what they mean.

use cairn_report::{
    report::{CatalogReport, CredentialView, QualificationView},
    text,
};

use crate::{arguments::Places, failure::Failure, output, record, rules::Rules};

pub(super) fn run(places: &Places, name: Option<&str>, json: bool) -> Result<(), Failure> {
    let catalog = Rules::catalog(places)?;
    let Some(name) = name else {
        let report = CatalogReport::of_everything(&catalog);
        if json {
            return output::json(&report);
        }
        output::answer(&text::catalog(&report))?;
        let first =
            report.qualifications.first().map(|qualification| format!("cairn show {}", qualification.id));
        places.follow(&first.into_iter().collect::<Vec<_>>());
        return Ok(());
    };
    if let Some(ix) = catalog.find_credential(name) {
        if json {
            return output::json(&CatalogReport::of_credential(&catalog, ix));
        }
        return output::answer(&text::credential(&CredentialView::new(&catalog, ix)));
    }
    if catalog.find_qualifications(name).is_empty() {
        return Err(record::not_defined(&catalog, "credential or qualification", name));
    }
    let ix = record::qualification(&catalog, name)?;
    if json {
        return output::json(&CatalogReport::of_qualification(&catalog, ix));
    }
    let view = QualificationView::new(&catalog, ix);
    output::answer(&text::qualification(&view))?;
    places.follow(&[
        format!("cairn graph {} --output graph.svg", view.id),
        format!("cairn audit LEARNER {}", view.id),
    ]);
    Ok(())
}
