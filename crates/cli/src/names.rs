//! Names of files and keys, which often carry those of patients.

/// A name without what could tell whose it is: letters and digits of its last part hidden, the extension
/// kept.
pub(crate) fn hidden(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let (stem, extension) = file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((file, ""));
    let stem: String = stem.chars().map(|c| if c.is_alphanumeric() { '*' } else { c }).collect();
    let folder = if folder.is_empty() { String::new() } else { format!("{}/", all_hidden(folder)) };
    if extension.is_empty() { format!("{folder}{stem}") } else { format!("{folder}{stem}.{extension}") }
}

fn all_hidden(text: &str) -> String {
    text.chars().map(|c| if c.is_alphabetic() { '*' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn the_shape_stays_and_the_name_goes() {
        assert_eq!(hidden("okafor-amara-20261120.txt"), "******-*****-********.txt");
        assert_eq!(hidden("2026/doe/rx.txt"), "2026/***/**.txt");
    }
}
