//! The examples of the identifiers, run.

use pillbox_model::{Detection, IdentifierId};

use crate::engine::Engine;
use crate::identifier::Identifier;

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// An example in which the identifier does not find the value.
    #[error("{identifier} does not find {value:?} in {text:?}")]
    NotFound {
        /// Whose example.
        identifier: IdentifierId,
        /// The example's text.
        text: &'static str,
        /// The value that must be found.
        value: &'static str,
    },
    /// A counterexample in which the identifier finds something.
    #[error("{identifier} finds {value:?} in {text:?}")]
    FalselyFound {
        /// Whose counterexample.
        identifier: IdentifierId,
        /// The counterexample's text.
        text: &'static str,
        /// What it finds.
        value: String,
    },
    /// An identifier that proves nothing because it has no example or no counterexample.
    #[error("{identifier} has no example or no counterexample")]
    Unproved {
        /// Which.
        identifier: IdentifierId,
    },
}

pub(crate) fn prove(engine: &Engine) -> Vec<Failure> {
    engine.identifiers().iter().flat_map(|identifier| prove_one(engine, identifier)).collect()
}

fn prove_one(engine: &Engine, identifier: &Identifier) -> Vec<Failure> {
    let id = &identifier.id;
    let unproved = identifier.examples.is_empty() || identifier.counterexamples.is_empty();
    let not_found = identifier
        .examples
        .iter()
        .filter(|example| !values(engine, id, example.text).contains(&example.value.to_owned()))
        .map(|example| Failure::NotFound { identifier: id.clone(), text: example.text, value: example.value });
    let falsely_found = identifier.counterexamples.iter().flat_map(|&text| {
        values(engine, id, text).into_iter().map(move |value| Failure::FalselyFound {
            identifier: id.clone(),
            text,
            value,
        })
    });
    unproved
        .then(|| Failure::Unproved { identifier: id.clone() })
        .into_iter()
        .chain(not_found)
        .chain(falsely_found)
        .collect()
}

/// What one identifier finds in a text. The texts are short: nothing interrupts their scan.
fn values(engine: &Engine, id: &IdentifierId, text: &str) -> Vec<String> {
    let mut detections: Vec<Detection> = Vec::new();
    match engine.scan(text, &|| true, &mut detections) {
        Ok(_) => detections
            .iter()
            .filter(|detection| detection.identifier == *id)
            .map(|detection| text[detection.place.start as usize..detection.place.end as usize].to_owned())
            .collect(),
        Err(_) => Vec::new(),
    }
}
