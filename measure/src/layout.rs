//! How forms, tables and exports put labels and values on paper.

use crate::marked::Marked;
use crate::random::Random;

/// A label and its value.
pub(crate) type Field = (String, Marked);

/// How a form sets its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `Label: value`
    Colon,
    /// `Label ......: value`
    Leaders,
    /// `Label      value`
    Columns,
    /// `LABEL: value`
    Capitals,
    /// `Label = value`
    Equals,
    /// `Label<tab>value`
    Tab,
    /// Labels in one line, values in the next.
    Above,
    /// `Label: value   Label: value`
    Pairs,
    /// `Label` on a line, the value on the next.
    Stacked,
}

impl Form {
    pub(crate) fn any(random: &mut Random) -> Self {
        *random.choose(&[
            Self::Colon,
            Self::Colon,
            Self::Colon,
            Self::Leaders,
            Self::Leaders,
            Self::Columns,
            Self::Capitals,
            Self::Equals,
            Self::Tab,
            Self::Above,
            Self::Pairs,
            Self::Pairs,
            Self::Stacked,
        ])
    }

    /// The fields, each line with its end.
    pub(crate) fn set(self, fields: &[Field]) -> Marked {
        match self {
            Self::Above => above(fields),
            Self::Pairs => pairs(fields),
            _ => {
                let mut out = Marked::new();
                let widest = fields.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
                for (label, value) in fields {
                    out.push(&self.head(label, widest)).append(value).push("\n");
                }
                out
            }
        }
    }

    fn head(self, label: &str, widest: usize) -> String {
        match self {
            Self::Leaders => format!("{label} {}: ", ".".repeat(widest + 6 - label.chars().count())),
            Self::Columns => format!("{label:<width$}", width = widest + 3),
            Self::Capitals => format!("{}: ", label.to_uppercase()),
            Self::Equals => format!("{label} = "),
            Self::Tab => format!("{label}\t"),
            Self::Stacked => format!("{label}\n"),
            _ => format!("{label}: "),
        }
    }
}

fn above(fields: &[Field]) -> Marked {
    let mut out = Marked::new();
    for row in fields.chunks(3) {
        let widths: Vec<_> = row.iter().map(|(label, value)| label.chars().count().max(value.width()) + 3).collect();
        for ((label, _), width) in row.iter().zip(&widths) {
            out.push(&format!("{label:<width$}"));
        }
        out.push("\n");
        for ((_, value), width) in row.iter().zip(&widths) {
            out.append(value).push(&" ".repeat(width - value.width()));
        }
        out.push("\n\n");
    }
    out
}

fn pairs(fields: &[Field]) -> Marked {
    let mut out = Marked::new();
    for row in fields.chunks(2) {
        for (position, (label, value)) in row.iter().enumerate() {
            if position > 0 {
                out.push("    ");
            }
            out.push(label).push(": ").append(value);
        }
        out.push("\n");
    }
    out
}

/// Rows with a line of names above. `separator` stands between the cells; a cell that holds it is quoted.
pub(crate) fn table(rows: &[Vec<Field>], separator: &str) -> Marked {
    let mut out = Marked::new();
    let names = rows.first().map(|row| row.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    out.push(&names.unwrap_or_default().join(separator)).push("\n");
    for row in rows {
        for (position, (_, value)) in row.iter().enumerate() {
            if position > 0 {
                out.push(separator);
            }
            let quoted = value.text().contains([',', '"', '\n']) && separator == ",";
            let quote = if quoted { "\"" } else { "" };
            out.push(quote).append(value).push(quote);
        }
        out.push("\n");
    }
    out
}

/// A JSON object of the fields; names in `camelCase` or `snake_case`.
pub(crate) fn object(fields: &[Field], camel: bool, indent: &str) -> Marked {
    let mut out = Marked::plain("{");
    for (position, (label, value)) in fields.iter().enumerate() {
        out.push(if position > 0 { "," } else { "" });
        out.push("\n").push(indent).push(&format!("  \"{}\": \"", key(label, camel)));
        // A break in a value (a key in lines) would have to be escaped, and none of the fields that come here has one.
        out.append(value).push("\"");
    }
    out.push("\n").push(indent).push("}");
    out
}

/// Elements of the fields.
pub(crate) fn elements(fields: &[Field], indent: &str) -> Marked {
    let mut out = Marked::new();
    for (label, value) in fields {
        let name = key(label, true);
        out.push(&format!("{indent}<{name}>")).append(value).push(&format!("</{name}>\n"));
    }
    out
}

/// A label as the name of a field of a program.
fn key(label: &str, camel: bool) -> String {
    let label = label.replace(['\'', '.'], "");
    let words: Vec<_> =
        label.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let lower = words.iter().map(|word| word.to_lowercase());
    if !camel {
        return lower.collect::<Vec<_>>().join("_");
    }
    lower
        .enumerate()
        .map(|(position, word)| match word.chars().next() {
            Some(first) if position > 0 => first.to_uppercase().chain(word.chars().skip(1)).collect(),
            _ => word,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_names_of_fields() {
        assert_eq!(key("Date of birth", true), "dateOfBirth");
        assert_eq!(key("NHS No.", false), "nhs_no");
        assert_eq!(key("D.O.B.", true), "dob");
    }
}
