//! The words of receipts, for both faces: `words/receipt.json`.

use std::collections::BTreeMap;

use pillbox_model::{Decision, Disposition, FileState, Gate, ReadBack};
use serde::Deserialize;

use super::bucket::ObjectAnswer;
use super::verify::RecordAnswer;
use crate::words::{Words, code_of};

/// What is said of files, gates, decisions and answers.
#[derive(Debug, Deserialize)]
pub(crate) struct ReceiptWords {
    states: BTreeMap<String, String>,
    gates: BTreeMap<String, String>,
    proofs: BTreeMap<String, String>,
    decisions: BTreeMap<String, String>,
    dispositions: BTreeMap<String, String>,
    objects: BTreeMap<String, String>,
    records: BTreeMap<String, String>,
}

fn said(table: &BTreeMap<String, String>, code: &str) -> String {
    table.get(code).cloned().unwrap_or_default()
}

impl Words {
    /// What became of a file.
    pub fn file_state(&self, state: FileState) -> String {
        said(&self.receipt.states, &code_of(&state))
    }

    /// What the gate made of the bucket's protection.
    pub fn gate(&self, gate: &Gate) -> String {
        let (code, facts) = match gate {
            Gate::Shut => ("shut", String::new()),
            Gate::NotShut { public: true, flags } => ("public", flags.join(", ")),
            Gate::NotShut { public: false, flags } => ("notShut", flags.join(", ")),
            Gate::Unknown { permissions } => ("unknown", permissions.join(", ")),
            Gate::NotSupported => ("notSupported", String::new()),
        };
        said(&self.receipt.gates, code).replace("{facts}", &facts).replace(" ()", "")
    }

    /// How an object was proved.
    pub fn proof(&self, proof: ReadBack) -> String {
        said(&self.receipt.proofs, &code_of(&proof))
    }

    /// What was decided on a file.
    pub fn decision(&self, decision: &Decision) -> String {
        let (code, reason) = match decision {
            Decision::LeaveOut => ("leaveOut", ""),
            Decision::Redact => ("redact", ""),
            Decision::Send { reason } => ("send", reason.as_str()),
        };
        said(&self.receipt.decisions, code).replace("{reason}", reason)
    }

    /// What the rules say of what was found.
    pub fn disposition(&self, disposition: Disposition) -> String {
        said(&self.receipt.dispositions, &code_of(&disposition))
    }

    /// What looking for an object came to.
    pub fn object_answer(&self, answer: ObjectAnswer) -> String {
        said(&self.receipt.objects, &code_of(&answer))
    }

    /// Whether a receipt is the one on the record.
    pub fn record_answer(&self, answer: RecordAnswer) -> String {
        said(&self.receipt.records, &code_of(&answer))
    }
}
