//! `too-large`: files that together are larger than a catalog may be.

use crate::{Code, Diagnostic, SourceFile, document::CATALOG_BYTES_MAX};

pub(crate) fn too_large(files: &[SourceFile]) -> Option<Diagnostic> {
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    (bytes > CATALOG_BYTES_MAX).then(|| {
        let message =
            format!("the rule files have {bytes} bytes together; a catalog has at most {CATALOG_BYTES_MAX}");
        let help = "split the folder into catalogs of their own";
        Diagnostic { code: Code::TooLarge, message, labels: Vec::new(), help: Some(help.to_owned()) }
    })
}
