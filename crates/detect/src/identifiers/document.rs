//! What a whole text is.

use pillbox_model::{Category, IdentifierId};

use super::{HIGH, NEAR, finds};
use crate::identifier::{Finder, Identifier};

pub(super) const IDENTIFIERS: &[Identifier] = &[Identifier {
    id: IdentifierId::of("PRESCRIPTION_DOCUMENT"),
    name: "Prescription",
    category: Category::PersonalInformation,
    severity: HIGH,
    country: "Any",
    keywords: &[],
    near: NEAR,
    next_only: false,
    visible: 0,
    source: "Our own: what a prescription must state by the Australian PBS, the UK Human Medicines Regulations 2012 (217) \
             and New Zealand's Medicines Regulations 1984 (41)",
    examples: &[
        finds(
            "PRESCRIPTION\nPatient: Jane Doe\nAmoxicillin 500 mg capsules\nTake one capsule three times a day\n\
             Qty: 20  Repeats: 1\nPrescriber: Dr Ann Sample\n",
            "Amoxicillin 500 mg capsules",
        ),
        finds("Rx Amoxicillin 500 mg capsules, 20\nRepeats: 3\n", "Rx Amoxicillin 500 mg capsules, 20"),
        finds("Pt: DOE, Jane\nRx: metformin 1g\nsig: 1 bd with food\n", "Rx: metformin 1g"),
        finds(
            "Patient: Jane Doe\nDOB: 12/12/2012\nLatanoprost 0.005% eye drops\nInstil one drop nocte\nDr A. Sample\n",
            "Latanoprost 0.005% eye drops",
        ),
    ],
    counterexamples: &[
        "Amoxicillin 500 mg capsules. Take one capsule three times a day. Ask your doctor or pharmacist.",
        "Patient: Jane Doe\nSodium 140 mmol/L\nAlbumin 40 g/L\nProtein 500 mg/L\nReported by: Dr Ann Sample\n",
        "Price list\nAmoxicillin 500 mg capsules  Qty: 20  $7.30\nMetformin 1 g tablets  Qty: 90  $9.95\n",
        "Take 500 g of flour and 20 g of butter. Repeats well.",
        "Patient: Jane Doe\nAppointment: 12/12/2026 9:30 with Dr Ann Sample\n",
        "Dear colleague, the prescription of 12/12/2026 was for another patient.",
    ],
    finder: Finder::Document,
}];
