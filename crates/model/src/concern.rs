//! What is odd about a text as a whole, beyond the data in it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{NotAPrescription, Rules};

/// Something about a whole text that a person should know. Blacking out values does not cure it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Concern {
    /// It is no prescription, as far as can be seen.
    NoPrescription,
    /// It is about two patients or more.
    TwoPatients,
    /// The patient in it is not the one in its name or path.
    OtherPatient,
}

impl Concern {
    /// Whether a file with it waits for a person's decision.
    pub fn asks(self, rules: &Rules) -> bool {
        match self {
            Self::NoPrescription => rules.not_a_prescription == NotAPrescription::Ask,
            Self::TwoPatients | Self::OtherPatient => true,
        }
    }
}
