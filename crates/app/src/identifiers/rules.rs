//! The rules: what the gate does with what is found.

use std::sync::Arc;

use pillbox_model::{Category, ErrorCode, Failure, IdentifierId, Rules};

use crate::app::App;
use crate::wire::{RuleChange, RuleRow, RulesView};

impl App {
    /// The rules, identifier by identifier.
    ///
    /// # Errors
    /// What the store says.
    pub fn rules_view(&self) -> Result<RulesView, Failure> {
        let rules = self.rules();
        let rows = self.identifier_rows()?.into_iter().map(|row| RuleRow {
            default_disposition: Rules::default_disposition(&row.id, row.category),
            identifier: row.id,
            name: row.name,
            category: row.category,
            on: row.on,
            disposition: row.disposition,
        });
        Ok(RulesView {
            identifiers: rows.collect(),
            not_a_prescription: rules.not_a_prescription,
            redaction: rules.redaction,
        })
    }

    /// Changes the rules.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] about an identifier that there is not; what the store says.
    pub fn change_rule(self: &Arc<Self>, change: &RuleChange) -> Result<RulesView, Failure> {
        let before = self.rules();
        let (subject, details) = match change {
            RuleChange::Disposition { identifier, disposition } => {
                let category = self.category_of(identifier)?;
                let from = before.disposition(identifier, category);
                let default = Rules::default_disposition(identifier, category);
                self.change_rules(|rules| {
                    rules.identifiers.remove(identifier);
                    if let Some(own) = disposition.filter(|own| *own != default) {
                        rules.identifiers.insert(identifier.clone(), own);
                    }
                })?;
                let to = self.rules().disposition(identifier, category);
                (identifier.as_str(), serde_json::json!({ "from": from, "to": to }))
            }
            RuleChange::NotAPrescription { setting } => {
                self.change_rules(|rules| rules.not_a_prescription = *setting)?;
                ("not-a-prescription", serde_json::json!({ "from": before.not_a_prescription, "to": setting }))
            }
            RuleChange::Redaction { style } => {
                self.change_rules(|rules| rules.redaction = *style)?;
                ("redaction", serde_json::json!({ "from": before.redaction, "to": style }))
            }
        };
        self.record("rules.changed", subject, details)?;
        self.rules_view()
    }

    fn category_of(&self, id: &IdentifierId) -> Result<Category, Failure> {
        let row = self.identifier_rows()?.into_iter().find(|row| row.id == *id);
        row.map(|row| row.category).ok_or_else(|| Failure::about(ErrorCode::NotFound, id.as_str()))
    }
}
