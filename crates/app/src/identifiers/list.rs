//! The identifiers, listed, shown, switched and proved.

use std::sync::Arc;

use pillbox_detect::{Engine, Failure as NotProved, Identifier, VALIDATORS};
use pillbox_model::{
    Category, CustomIdentifier, Detection, Disposition, ErrorCode, Failure, IdentifierId, Rules, SeverityLevel,
};

use super::managed;
use crate::app::App;
use crate::wire::{
    DistanceChoice, ExampleView, IdentifierDetail, IdentifierRow, IdentifiersPage, SeverityFrom, ValidatorChoice,
};

/// What became of the examples of all identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierCheck {
    /// How many identifiers were proved.
    pub identifiers: usize,
    /// How many examples and counterexamples were run.
    pub examples: usize,
    /// What does not hold.
    pub failures: Vec<UnprovedIdentifier>,
}

/// An identifier that does not do what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnprovedIdentifier {
    /// Its id.
    pub identifier: IdentifierId,
    /// What does not hold; examples are invented, so that they can be printed.
    pub what: String,
}

impl App {
    /// All identifiers, and what one's own can be made of.
    ///
    /// # Errors
    /// What the store says.
    pub fn identifiers_page(&self) -> Result<IdentifiersPage, Failure> {
        let validators = VALIDATORS
            .iter()
            .map(|(name, checks)| ValidatorChoice { name: (*name).to_owned(), checks: (*checks).to_owned() })
            .collect();
        Ok(IdentifiersPage { identifiers: self.identifier_rows()?, validators })
    }

    /// All identifiers: the managed ones by field, then the practice's own by name.
    ///
    /// # Errors
    /// What the store says.
    pub fn identifier_rows(&self) -> Result<Vec<IdentifierRow>, Failure> {
        let rules = self.rules();
        let problems = self.problems();
        let own = self.store.custom_identifiers()?;
        let own = own.iter().map(|own| own_row(own, &rules, problems.identifiers.get(&own.name).cloned()));
        Ok(managed().identifiers().iter().map(|managed| managed_row(managed, &rules)).chain(own).collect())
    }

    /// An identifier with all that is known of it.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the id.
    pub fn identifier_detail(&self, id: &IdentifierId) -> Result<IdentifierDetail, Failure> {
        let rules = self.rules();
        let engine = managed();
        if let Some(managed) = engine.identifier(id) {
            return Ok(managed_detail(engine, managed, &rules));
        }
        let own = self.own_identifier(id.as_str())?;
        let problem = self.problems().identifiers.get(&own.name).cloned();
        Ok(own_detail(own, &rules, problem))
    }

    /// All identifiers with all that is known of them, in the order of the list.
    ///
    /// # Errors
    /// What the store says.
    pub fn identifier_details(&self) -> Result<Vec<IdentifierDetail>, Failure> {
        let rules = self.rules();
        let problems = self.problems();
        let own = self.store.custom_identifiers()?.into_iter().map(|own| {
            let problem = problems.identifiers.get(&own.name).cloned();
            own_detail(own, &rules, problem)
        });
        let engine = managed();
        Ok(engine.identifiers().iter().map(|managed| managed_detail(engine, managed, &rules)).chain(own).collect())
    }

    /// Looks for an identifier, or does not any more.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the id; what the store says.
    pub fn switch_identifier(self: &Arc<Self>, id: &IdentifierId, on: bool) -> Result<IdentifierRow, Failure> {
        let before = self.identifier_detail(id)?.row;
        if before.on != on {
            self.change_rules(|rules| {
                if on {
                    rules.off.remove(id)
                } else {
                    rules.off.insert(id.clone())
                };
            })?;
            self.record("identifier.switched", id.as_str(), serde_json::json!({ "on": on }))?;
        }
        Ok(IdentifierRow { on, ..before })
    }

    /// Sets how many characters may lie between an identifier's keyword and its value; `None`: as many as by default.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the id; [`ErrorCode::InvalidInput`] about the distances that can be set, or that
    /// none can; what the store says.
    pub fn set_distance(
        self: &Arc<Self>,
        id: &IdentifierId,
        distance: Option<u16>,
    ) -> Result<IdentifierDetail, Failure> {
        let before = self.identifier_detail(id)?;
        let Some(choice) = before.distances else {
            return Err(Failure::about(ErrorCode::InvalidInput, format!("{id} asks for no keyword")));
        };
        if distance.is_some_and(|distance| !(choice.least..=choice.most).contains(&distance)) {
            let range = format!("the distance of {id} is from {} to {}", choice.least, choice.most);
            return Err(Failure::about(ErrorCode::InvalidInput, range));
        }
        let to = distance.unwrap_or(choice.default);
        if to != before.distance {
            match before.own {
                Some(own) => {
                    let own = CustomIdentifier { maximum_match_distance: to, ..own };
                    self.keep_identifiers(&[own], None)?;
                }
                None => self.change_rules(|rules| {
                    rules.distances.remove(id);
                    if to != choice.default {
                        rules.distances.insert(id.clone(), to);
                    }
                })?,
            }
            let details = serde_json::json!({ "from": before.distance, "to": to });
            self.record("identifier.distance", id.as_str(), details)?;
        }
        self.identifier_detail(id)
    }

    /// Runs the examples of every managed identifier, on or off, and looks whether each of one's own can be used.
    ///
    /// # Errors
    /// What the store says.
    pub fn check_identifiers(&self) -> Result<IdentifierCheck, Failure> {
        let managed = managed();
        let own = self.store.custom_identifiers()?;
        let failures = managed
            .prove()
            .into_iter()
            .map(|failure| UnprovedIdentifier { identifier: of(&failure).clone(), what: failure.to_string() });
        let problems = self.problems();
        let unusable = problems.identifiers.iter().map(|(name, why)| UnprovedIdentifier {
            identifier: IdentifierId::parse(name.clone()),
            what: format!("{name} can't be used: {why}"),
        });
        let examples = managed.identifiers().iter().map(|known| known.examples.len() + known.counterexamples.len());
        Ok(IdentifierCheck {
            identifiers: managed.identifiers().len() + own.len(),
            examples: examples.sum(),
            failures: failures.chain(unusable).collect(),
        })
    }

    /// An identifier of the practice's own.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about the name.
    pub(super) fn own_identifier(&self, name: &str) -> Result<CustomIdentifier, Failure> {
        let own = self.store.custom_identifiers()?.into_iter().find(|own| own.name == name);
        own.ok_or_else(|| Failure::about(ErrorCode::NotFound, name))
    }
}

fn managed_row(identifier: &Identifier, rules: &Rules) -> IdentifierRow {
    IdentifierRow {
        id: identifier.id.clone(),
        name: identifier.name.to_owned(),
        category: identifier.category,
        country: Some(identifier.country.to_owned()),
        own: false,
        on: !rules.off.contains(&identifier.id),
        disposition: rules.disposition(&identifier.id, identifier.category),
        keywords: identifier.keywords.iter().map(|keyword| (*keyword).to_owned()).collect(),
        problem: None,
    }
}

pub(super) fn own_row(identifier: &CustomIdentifier, rules: &Rules, problem: Option<String>) -> IdentifierRow {
    let id = identifier.id();
    let disposition: Disposition = rules.disposition(&id, Category::CustomIdentifier);
    IdentifierRow {
        name: identifier.name.clone(),
        category: Category::CustomIdentifier,
        country: None,
        own: true,
        on: !rules.off.contains(&id),
        disposition,
        keywords: identifier.keywords.clone(),
        problem,
        id,
    }
}

fn managed_detail(engine: &Engine, identifier: &Identifier, rules: &Rules) -> IdentifierDetail {
    let bands = identifier.severity;
    let severity = [(1, bands.one), (2, bands.some), (100, bands.many)];
    let example = |example: &pillbox_detect::Example| ExampleView {
        text: example.text.to_owned(),
        value: example.value.to_owned(),
    };
    IdentifierDetail {
        row: managed_row(identifier, rules),
        distance: rules.distances.get(&identifier.id).copied().unwrap_or(identifier.near),
        distances: identifier.distances().map(|range| DistanceChoice {
            default: identifier.near,
            least: *range.start(),
            most: *range.end(),
        }),
        checksum: checks(engine, identifier),
        severity: severity.map(|(occurrences, severity)| SeverityFrom { occurrences, severity }).to_vec(),
        examples: identifier.examples.iter().map(example).collect(),
        counterexamples: identifier.counterexamples.iter().map(|text| (*text).to_owned()).collect(),
        source: identifier.source.to_owned(),
        own: None,
    }
}

/// Whether a check digit is checked: its examples say so.
fn checks(engine: &Engine, identifier: &Identifier) -> bool {
    identifier.examples.iter().any(|example| {
        let mut found = Vec::<Detection>::new();
        // A scan that nobody interrupts has no other outcome than its detections.
        let _ = engine.scan(example.text, &|| true, &mut found);
        found.iter().any(|detection| detection.identifier == identifier.id && detection.evidence.checksum)
    })
}

fn of(failure: &NotProved) -> &IdentifierId {
    match failure {
        NotProved::NotFound { identifier, .. }
        | NotProved::FalselyFound { identifier, .. }
        | NotProved::Unproved { identifier } => identifier,
    }
}

fn own_detail(identifier: CustomIdentifier, rules: &Rules, problem: Option<String>) -> IdentifierDetail {
    let level =
        |level: &SeverityLevel| SeverityFrom { occurrences: level.occurrences_threshold, severity: level.severity };
    let severity = match identifier.severity_levels.as_slice() {
        [] => vec![SeverityFrom { occurrences: 1, severity: pillbox_model::Severity::Medium }],
        levels => levels.iter().map(level).collect(),
    };
    IdentifierDetail {
        row: own_row(&identifier, rules, problem),
        distance: identifier.maximum_match_distance,
        distances: (!identifier.keywords.is_empty()).then_some(DistanceChoice {
            default: CustomIdentifier::DEFAULT_DISTANCE,
            least: 1,
            most: Identifier::MOST_NEAR,
        }),
        checksum: identifier.validator.is_some(),
        severity,
        examples: Vec::new(),
        counterexamples: Vec::new(),
        source: identifier.description.clone(),
        own: Some(identifier),
    }
}
