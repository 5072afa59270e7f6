//! What an open pool says of what could be earned elsewhere, as the credential that it is.

use crate::{
    At, Span,
    document::{CredentialTable, Document},
};

/// The stand-ins of the open pools of a document, as a document of credentials.
pub(crate) fn stand_ins(document: &Document) -> Document {
    let Some(qualification) = document.full_id() else { return Document::default() };
    let pools = document.pool.iter().flat_map(|pools| &pools.value);
    let open = pools.filter_map(|(name, pool)| Some((name, pool.value.open.as_ref()?)));
    let stand_in = |(name, open): (&At<String>, &At<CredentialTable>)| {
        let id = At { value: stand_in_id(&qualification, &name.value), span: open.span };
        let title = open.value.title.clone();
        let title = title.or_else(|| Some(At { value: UNTITLED.to_owned(), span: open.span }));
        (id, At { value: CredentialTable { title, ..open.value.clone() }, span: open.span })
    };
    let stand_ins: Vec<_> = open.map(stand_in).collect();
    let span = stand_ins.first().map_or(Span::new(0, 0..0), |(id, _)| id.span);
    Document { credential: Some(At { value: stand_ins, span }), ..Document::default() }
}

/// What a stand-in is called that has no title.
const UNTITLED: &str = "Another credential";

/// The id of the stand-in of a pool.
pub(crate) fn stand_in_id(qualification: &str, pool: &str) -> String {
    format!("{qualification}/{pool}")
}
