//! The United Kingdom: Scotland's patients, electronic prescriptions, those who prescribe, and postcodes.

use super::entry::entry;
use super::{HIGH, MEDIUM, RISING, finds};
use crate::identifier::{Alone, Compact, Finder, Groups, Identifier, Support};
use crate::validators::community_health_index;
use crate::values::announced;

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("UK_CHI_NUMBER", "Community Health Index number", "UK (Scotland)", HIGH)
        .near_to(&["chi", "community health index"])
        .read_by(Finder::Groups(Groups {
            layouts: &["9999999999", "999999 9999", "999 999 9999"],
            separators: b" -",
            prove: |value| Support::checked(community_health_index(value.characters), Alone::Never),
        }))
        .known_from("NHS Scotland, Community Health Index; NHS Data Dictionary")
        .proved_by(
            &[
                finds("CHI No: 010130 1235", "010130 1235"),
                finds("CHI: 0101301006", "0101301006"),
                finds("Community Health Index number ...... 310861 1003", "310861 1003"),
            ],
            &["CHI: 0101301007", "CHI: 3102611001", "0101301006", "Order: 0101301006", "CHI-square 0101301006.5"],
        ),
    entry("UK_EPS_PRESCRIPTION_ID", "Electronic prescription number", "UK (England)", MEDIUM)
        .near_to(&[
            "prescription id",
            "prescription number",
            "prescription no",
            "eps",
            "eps prescription",
            "eps prescription id",
            "epsr2",
            "eps release 2",
            "prescription barcode",
            "barcode",
            "electronic prescription",
            "token id",
        ])
        .right_beside(16)
        .showing(4)
        .read_by(Finder::Beside(|beside| announced::code(beside, &["XXXXXX-XXXXXX-XXXXXX", "XXXXXX-XXXXXX-XXXXX+"])))
        .known_from("NHS Electronic Prescription Service, form of the prescription identifier")
        .proved_by(
            &[
                finds("Prescription ID: A1B2C3-D4E5F6-0A1B2C", "A1B2C3-D4E5F6-0A1B2C"),
                finds("EPS ..... 9F3A01-A83008-77C12P", "9F3A01-A83008-77C12P"),
                finds("Prescription barcode\nA1B2C3-D4E5F6-0A1B2+\n", "A1B2C3-D4E5F6-0A1B2+"),
            ],
            &[
                "A1B2C3-D4E5F6-0A1B2C",
                "Prescription ID: A1B2C3-D4E5F6",
                "Serial: A1B2C3-D4E5F6-0A1B2C",
                "EPS: a1b2c3-d4e5f6-0a1b2c-00",
            ],
        ),
    entry("UK_GMC_NUMBER", "General Medical Council reference number", "UK", RISING)
        .near_to(&["gmc", "gmc ref", "gmc reference", "gmc registration", "gmc code", "general medical council"])
        .right_beside(16)
        .read_by(Finder::Groups(Groups { layouts: &["9999999"], separators: b"", prove: shape }))
        .known_from("General Medical Council, medical register")
        .proved_by(
            &[
                finds("GMC No: 1234567", "1234567"),
                finds("GMC Ref ....... 7654321", "7654321"),
                finds("Dr Jane Doe (GMC 6012345)", "6012345"),
            ],
            &["1234567", "GMC: 123456", "Order: 1234567", "GMC: 12345678", "GMC 12/12/2012"],
        ),
    entry("UK_NMC_PIN", "Nursing and Midwifery Council PIN", "UK", RISING)
        .near_to(&["nmc", "nmc pin", "nmc registration", "pin", "nurse pin"])
        .read_by(Finder::Groups(Groups { layouts: &["99A9999A"], separators: b"", prove: shape }))
        .known_from("Nursing and Midwifery Council, register")
        .proved_by(
            &[
                finds("NMC PIN: 12A3456E", "12A3456E"),
                finds("Nurse prescriber, PIN 98I1234S", "98I1234S"),
                finds("nmc_pin=12a3456e", "12a3456e"),
            ],
            &["12A3456E", "Batch: 12A3456E", "PIN: 1234", "NMC: 12A34567", "PIN 12A3456"],
        ),
    entry("UK_GPHC_NUMBER", "General Pharmaceutical Council registration number", "UK", RISING)
        .near_to(&[
            "gphc",
            "gphc reg",
            "gphc registration",
            "general pharmaceutical council",
            "pharmacist registration",
            "pharmacist reg no",
            "pharmacist no",
            "pharmacy registration",
        ])
        .right_beside(16)
        .read_by(Finder::Groups(Groups { layouts: &["9999999"], separators: b"", prove: shape }))
        .known_from("General Pharmaceutical Council, registers")
        .proved_by(
            &[
                finds("GPhC: 2012345", "2012345"),
                finds("Pharmacist registration no ...... 2098765", "2098765"),
                finds("(GPhC reg. 5012345)", "5012345"),
            ],
            &["2012345", "Order: 2012345", "GPhC: 20123456", "GPhC 12/12/2012"],
        ),
    entry("UK_POSTCODE", "Postcode, UK", "UK", RISING)
        .near_to(&[
            "postcode",
            "post code",
            "postal code",
            "postcode of patient",
            "zip",
            "zip code",
            "address",
            "home address",
            "patient address",
            "postal address",
        ])
        .read_by(Finder::Groups(Groups {
            layouts: &[
                "A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "A99AA", "A999AA", "AA99AA",
                "AA999AA", "A9A9AA", "AA9A9AA",
            ],
            separators: b" ",
            prove: postcode,
        }))
        .known_from("Royal Mail, Postcode Address File: areas and letters")
        .proved_by(
            &[
                finds("Postcode: SW1A 1AA", "SW1A 1AA"),
                finds("post_code=LS14AB", "LS14AB"),
                finds("Post Code ...... EH1 1YZ", "EH1 1YZ"),
                finds("Postcode\nG2 8DL\n", "G2 8DL"),
            ],
            &["Postcode: XX1 1AA", "SW1A1AA", "Batch: LS1 4AB", "Postcode: SW1A 1CI", "Vitamin B12 5MG"],
        ),
];

fn shape(value: &Compact<'_>) -> Option<Support> {
    let uniform = value.characters.iter().all(|character| *character == value.characters[0]);
    (!uniform).then(|| Support::shape(Alone::Never))?
}

/// The postal areas, and the post offices of the crown dependencies, which use the same form.
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN \
                     EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME \
                     MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW \
                     SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// A known area, and no letters that are never used behind the space.
fn postcode(value: &Compact<'_>) -> Option<Support> {
    let letters = value.characters.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let area = std::str::from_utf8(value.characters.get(..letters)?).ok()?;
    let inward = value.characters.get(value.characters.len().checked_sub(2)?..)?;
    let used = inward.iter().all(|byte| !matches!(byte.to_ascii_uppercase(), b'C' | b'I' | b'K' | b'M' | b'O' | b'V'));
    let known = AREAS.split(' ').any(|one| one.eq_ignore_ascii_case(area));
    (used && known).then(|| Support::shape(Alone::Never))?
}
