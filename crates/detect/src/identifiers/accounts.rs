//! International Bank Account Numbers, one identifier a country as Macie has them.

use pillbox_model::{Category, IdentifierId};

use super::{HIGH, finds};
use crate::identifier::{Finder, Identifier};

/// An entry: id, country, country code, the national part (`n` digits, `a` letters, `c` both), an invented
/// number that is valid, and one that is not.
macro_rules! iban {
    ($id:literal, $country:literal, $code:literal, $structure:literal, $valid:literal, $invalid:literal) => {
        Identifier {
            id: IdentifierId::of($id),
            name: concat!("Bank account (IBAN), ", $country),
            category: Category::FinancialInformation,
            severity: HIGH,
            country: $country,
            keywords: &[],
            near: 0,
            next_only: false,
            visible: 4,
            source: "ISO 13616-1; SWIFT IBAN registry release 101",
            examples: &[finds($valid, $valid), finds(concat!("IBAN: ", $valid, "."), $valid)],
            counterexamples: &[$invalid, concat!($valid, "7"), concat!("x", $valid)],
            finder: Finder::Iban($code, $structure, None),
        }
    };
}

pub(super) const IDENTIFIERS: &[Identifier] = &[
    iban!(
        "ALBANIA_BANK_ACCOUNT_NUMBER",
        "Albania",
        "AL",
        "8n 16c",
        "AL66972281866201164104575004",
        "AL67972281866201164104575004"
    ),
    iban!(
        "ANDORRA_BANK_ACCOUNT_NUMBER",
        "Andorra",
        "AD",
        "8n 12c",
        "AD0807933791566859660888",
        "AD0907933791566859660888"
    ),
    iban!(
        "BOSNIA_AND_HERZEGOVINA_BANK_ACCOUNT_NUMBER",
        "Bosnia And Herzegovina",
        "BA",
        "16n",
        "BA154442056734067884",
        "BA164442056734067884"
    ),
    iban!(
        "BRAZIL_BANK_ACCOUNT_NUMBER",
        "Brazil",
        "BR",
        "23n 1a 1c",
        "BR3223778260241683524485628G4",
        "BR3323778260241683524485628G4"
    ),
    iban!(
        "BULGARIA_BANK_ACCOUNT_NUMBER",
        "Bulgaria",
        "BG",
        "4a 6n 8c",
        "BG93LDLK06307131050673",
        "BG94LDLK06307131050673"
    ),
    iban!(
        "COSTA_RICA_BANK_ACCOUNT_NUMBER",
        "Costa Rica",
        "CR",
        "18n",
        "CR11373365494405553579",
        "CR12373365494405553579"
    ),
    iban!("CROATIA_BANK_ACCOUNT_NUMBER", "Croatia", "HR", "17n", "HR0628569990168152153", "HR0728569990168152153"),
    iban!(
        "CYPRUS_BANK_ACCOUNT_NUMBER",
        "Cyprus",
        "CY",
        "8n 16c",
        "CY32589896513034801436998116",
        "CY33589896513034801436998116"
    ),
    iban!(
        "CZECH_REPUBLIC_BANK_ACCOUNT_NUMBER",
        "Czech Republic",
        "CZ",
        "20n",
        "CZ3063940468922942782459",
        "CZ3163940468922942782459"
    ),
    iban!("DENMARK_BANK_ACCOUNT_NUMBER", "Denmark", "DK", "14n", "DK3037454356996430", "DK3137454356996430"),
    iban!(
        "DOMINICAN_REPUBLIC_BANK_ACCOUNT_NUMBER",
        "Dominican Republic",
        "DO",
        "4c 20n",
        "DO58436912312261613837521007",
        "DO59436912312261613837521007"
    ),
    iban!(
        "EGYPT_BANK_ACCOUNT_NUMBER",
        "Egypt",
        "EG",
        "25n",
        "EG517827584009372066264366061",
        "EG527827584009372066264366061"
    ),
    iban!("ESTONIA_BANK_ACCOUNT_NUMBER", "Estonia", "EE", "16n", "EE909158162685298589", "EE919158162685298589"),
    iban!(
        "FAROE_ISLANDS_BANK_ACCOUNT_NUMBER",
        "Faroe Islands",
        "FO",
        "14n",
        "FO2257474712001744",
        "FO2357474712001744"
    ),
    iban!("FINLAND_BANK_ACCOUNT_NUMBER", "Finland", "FI", "14n", "FI6600169610140634", "FI6700169610140634"),
    iban!("GEORGIA_BANK_ACCOUNT_NUMBER", "Georgia", "GE", "2a 16n", "GE13BE9284520004976719", "GE14BE9284520004976719"),
    iban!(
        "GREECE_BANK_ACCOUNT_NUMBER",
        "Greece",
        "GR",
        "7n 16c",
        "GR2158192155802839469400313",
        "GR2258192155802839469400313"
    ),
    iban!("GREENLAND_BANK_ACCOUNT_NUMBER", "Greenland", "GL", "14n", "GL9307952538269317", "GL9407952538269317"),
    iban!(
        "HUNGARY_BANK_ACCOUNT_NUMBER",
        "Hungary",
        "HU",
        "24n",
        "HU30194336580474362935568002",
        "HU31194336580474362935568002"
    ),
    iban!(
        "ICELAND_BANK_ACCOUNT_NUMBER",
        "Iceland",
        "IS",
        "22n",
        "IS951054260025923932236814",
        "IS961054260025923932236814"
    ),
    iban!("IRELAND_BANK_ACCOUNT_NUMBER", "Ireland", "IE", "4a 14n", "IE77AKGB37813997016526", "IE78AKGB37813997016526"),
    iban!(
        "JORDAN_BANK_ACCOUNT_NUMBER",
        "Jordan",
        "JO",
        "4a 4n 18c",
        "JO66LGDK7004817159203030848028",
        "JO67LGDK7004817159203030848028"
    ),
    iban!("KOSOVO_BANK_ACCOUNT_NUMBER", "Kosovo", "XK", "16n", "XK941408614163711411", "XK951408614163711411"),
    iban!(
        "LIECHTENSTEIN_BANK_ACCOUNT_NUMBER",
        "Liechtenstein",
        "LI",
        "5n 12c",
        "LI0965648471474205176",
        "LI1065648471474205176"
    ),
    iban!("LITHUANIA_BANK_ACCOUNT_NUMBER", "Lithuania", "LT", "16n", "LT063203465414585841", "LT073203465414585841"),
    iban!(
        "MALTA_BANK_ACCOUNT_NUMBER",
        "Malta",
        "MT",
        "4a 5n 18c",
        "MT38AHBK59904201630925020567372",
        "MT39AHBK59904201630925020567372"
    ),
    iban!(
        "MAURITANIA_BANK_ACCOUNT_NUMBER",
        "Mauritania",
        "MR",
        "23n",
        "MR1619498925235302123100024",
        "MR1719498925235302123100024"
    ),
    iban!(
        "MAURITIUS_BANK_ACCOUNT_NUMBER",
        "Mauritius",
        "MU",
        "4a 19n 3a",
        "MU06LMAM3822467314228861688GEL",
        "MU07LMAM3822467314228861688GEL"
    ),
    iban!(
        "MONACO_BANK_ACCOUNT_NUMBER",
        "Monaco",
        "MC",
        "10n 11c 2n",
        "MC4870334922994509326914743",
        "MC4970334922994509326914743"
    ),
    iban!(
        "MONTENEGRO_BANK_ACCOUNT_NUMBER",
        "Montenegro",
        "ME",
        "18n",
        "ME25886934607287575587",
        "ME26886934607287575587"
    ),
    iban!("NETHERLANDS_BANK_ACCOUNT_NUMBER", "Netherlands", "NL", "4a 10n", "NL82CDDJ4576189059", "NL83CDDJ4576189059"),
    iban!(
        "NORTH_MACEDONIA_BANK_ACCOUNT_NUMBER",
        "North Macedonia",
        "MK",
        "3n 10c 2n",
        "MK21126697979668975",
        "MK22126697979668975"
    ),
    iban!(
        "POLAND_BANK_ACCOUNT_NUMBER",
        "Poland",
        "PL",
        "24n",
        "PL30157648073015834561140067",
        "PL31157648073015834561140067"
    ),
    iban!(
        "PORTUGAL_BANK_ACCOUNT_NUMBER",
        "Portugal",
        "PT",
        "21n",
        "PT62485287848926264552072",
        "PT63485287848926264552072"
    ),
    iban!(
        "SAN_MARINO_BANK_ACCOUNT_NUMBER",
        "San Marino",
        "SM",
        "1a 10n 12c",
        "SM91K9028330627434558340468",
        "SM92K9028330627434558340468"
    ),
    iban!(
        "SENEGAL_BANK_ACCOUNT_NUMBER",
        "Senegal",
        "SN",
        "2a 22n",
        "SN44CC8980239378960444346571",
        "SN45CC8980239378960444346571"
    ),
    iban!("SERBIA_BANK_ACCOUNT_NUMBER", "Serbia", "RS", "18n", "RS33735682413886321892", "RS34735682413886321892"),
    iban!(
        "SLOVAKIA_BANK_ACCOUNT_NUMBER",
        "Slovakia",
        "SK",
        "20n",
        "SK9058001194938527050482",
        "SK9158001194938527050482"
    ),
    iban!("SLOVENIA_BANK_ACCOUNT_NUMBER", "Slovenia", "SI", "15n", "SI98809095320322412", "SI01809095320322412"),
    iban!("SWEDEN_BANK_ACCOUNT_NUMBER", "Sweden", "SE", "20n", "SE3830174701682593072932", "SE3930174701682593072932"),
    iban!(
        "SWITZERLAND_BANK_ACCOUNT_NUMBER",
        "Switzerland",
        "CH",
        "5n 12c",
        "CH8781506524711755296",
        "CH8881506524711755296"
    ),
    iban!(
        "TIMOR_LESTE_BANK_ACCOUNT_NUMBER",
        "Timor Leste",
        "TL",
        "19n",
        "TL185020857571114734118",
        "TL195020857571114734118"
    ),
    iban!(
        "TUNISIA_BANK_ACCOUNT_NUMBER",
        "Tunisia",
        "TN",
        "20n",
        "TN6581408134278417169915",
        "TN6681408134278417169915"
    ),
    iban!(
        "TURKIYE_BANK_ACCOUNT_NUMBER",
        "Turkiye",
        "TR",
        "6n 16c",
        "TR098127755265271421496474",
        "TR108127755265271421496474"
    ),
    iban!(
        "UKRAINE_BANK_ACCOUNT_NUMBER",
        "Ukraine",
        "UA",
        "6n 19c",
        "UA233592553601611073976874868",
        "UA243592553601611073976874868"
    ),
    iban!(
        "UNITED_ARAB_EMIRATES_BANK_ACCOUNT_NUMBER",
        "United Arab Emirates",
        "AE",
        "19n",
        "AE344484889264563322591",
        "AE354484889264563322591"
    ),
    iban!(
        "VIRGIN_ISLANDS_BANK_ACCOUNT_NUMBER",
        "British Virgin Islands",
        "VG",
        "4a 16n",
        "VG86FEKM9594122484223671",
        "VG87FEKM9594122484223671"
    ),
];
