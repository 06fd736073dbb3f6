//! Names of files and keys, which often carry those of patients.

/// A name without what could tell whose it is: letters and digits hidden, of folders as well, and the extension
/// kept where it is one.
pub(crate) fn hidden(name: &str) -> String {
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    let extension = match name[file..].rfind('.') {
        Some(dot) if dot > 0 && is_extension(&name[file + dot + 1..]) => file + dot,
        _ => name.len(),
    };
    let stem = name[..extension].chars().map(|c| if c.is_alphanumeric() { '*' } else { c });
    stem.chain(name[extension..].chars()).collect()
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn the_shape_stays_and_the_name_goes() {
        assert_eq!(hidden("okafor-amara-20261120.txt"), "******-*****-********.txt");
        assert_eq!(hidden("2026/doe/rx.txt"), "****/***/**.txt");
        assert_eq!(hidden("2428 77813 2/rx.txt"), "**** ***** */**.txt");
        assert_eq!(hidden("dr.okafor"), "**.******");
        assert_eq!(hidden("jane.müll"), "****.****");
        assert_eq!(hidden(".okafor"), ".******");
        assert_eq!(hidden("-"), "-");
    }
}
