//! `award-size`: a qualification that asks for more or less than one of its kind may; and `unclear-size`:
//! one of which that cannot be told.

use crate::{
    Catalog, Code, Diagnostic,
    catalog::{QualificationIx, Size, SizeBounds},
};

pub(super) fn check(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for ix in catalog.qualification_indexes() {
        if let Some(bounds) = catalog.size_bounds(ix) {
            let size = catalog.size(ix);
            findings.extend(too_small(catalog, ix, size, bounds));
            findings.extend(too_large(catalog, ix, size, bounds));
        }
    }
}

fn too_large(catalog: &Catalog, ix: QualificationIx, size: Size, bounds: &SizeBounds) -> Option<Diagnostic> {
    let most = bounds.most?;
    let outside = |asks: String| {
        let message = format!(
            "`{}` {asks}, and one of the kind `{}` asks for at most {most}",
            id(catalog, ix),
            bounds.kind
        );
        finding(catalog, ix, Code::AwardSize, message, bounds)
            .help("ask for less, name another kind, or raise what is allowed")
    };
    if size.least > most {
        let just = if size.most == Some(size.least) { "" } else { "at least " };
        return Some(outside(format!("asks for {just}{} credits", size.least)));
    }
    match size.most {
        Some(asked) if asked <= most => None,
        Some(asked) if size.is_most_sure => Some(outside(format!("may ask for {asked} credits"))),
        _ => {
            let message =
                format!("it cannot be told whether `{}` asks for at most {most} credits", id(catalog, ix));
            let help = format!("limit the total: `limits = [{{ at_most = {{ credits = {most} }} }}]`");
            Some(finding(catalog, ix, Code::UnclearSize, message, bounds).help(help))
        }
    }
}

fn too_small(catalog: &Catalog, ix: QualificationIx, size: Size, bounds: &SizeBounds) -> Option<Diagnostic> {
    let least = bounds.least?;
    let outside = |asks: String| {
        let message = format!(
            "`{}` {asks}, and one of the kind `{}` asks for at least {least}",
            id(catalog, ix),
            bounds.kind
        );
        finding(catalog, ix, Code::AwardSize, message, bounds)
            .help("ask for more, name another kind, or lower what is needed")
    };
    if let Some(most) = size.most.filter(|&most| most < least) {
        let just = if most == size.least { "" } else { "at most " };
        return Some(outside(format!("asks for {just}{most} credits")));
    }
    if least <= size.least {
        return None;
    }
    if size.is_least_sure {
        return Some(outside(format!("may ask for {} credits", size.least)));
    }
    let message =
        format!("it cannot be told whether `{}` asks for at least {least} credits", id(catalog, ix));
    let help = format!("state the total: `limits = [{{ at_least = {{ credits = {least} }} }}]`");
    Some(finding(catalog, ix, Code::UnclearSize, message, bounds).help(help))
}

fn id(catalog: &Catalog, ix: QualificationIx) -> &str {
    catalog.qualification(ix).id.as_str()
}

fn finding(
    catalog: &Catalog,
    ix: QualificationIx,
    code: Code,
    message: String,
    bounds: &SizeBounds,
) -> Diagnostic {
    Diagnostic::new(code, catalog.qualification(ix).span, message).also(bounds.span, "the size of its kind")
}
