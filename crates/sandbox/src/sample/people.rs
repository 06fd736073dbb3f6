//! Invented people, places and drugs: the tables that the samples are made from.

/// Given and family name.
pub(crate) type Name = (&'static str, &'static str);

/// The patients, one for each sample.
pub(crate) const PATIENTS: [Name; 40] = [
    ("Priya", "Raghunathan"),
    ("Callum", "Wetherby"),
    ("Mei", "Tanaka-Holt"),
    ("Declan", "Fairweather"),
    ("Ngaire", "Poutama"),
    ("Zoë", "Brontë-Hale"),
    ("Harriet", "Quennell"),
    ("Tomasz", "Wierzbowski"),
    ("Leila", "Farahmand"),
    ("Oscar", "Pemberly"),
    ("Sunita", "Deshmukh"),
    ("Amara", "Okafor"),
    ("Bruce", "Yallambie"),
    ("Ioana", "Dragomir"),
    ("Kirra", "Wandoo"),
    ("Winston", "Abernethy"),
    ("Fatima", "Haidari"),
    ("André", "Côté-Larsen"),
    ("Thi Lan", "Nguyen-Marsh"),
    ("Gareth", "Penhallow"),
    ("Rosalind", "Ashgrove"),
    ("Dmitri", "Volkonin"),
    ("Jacinta", "Murrumbi"),
    ("Patrick", "O'Hanlon-Reyes"),
    ("Elspeth", "Kinnaird"),
    ("Mateo", "Villareal"),
    ("Tove", "Lindqvist"),
    ("Saoirse", "Kilbrannan"),
    ("Günther", "Weißhaupt"),
    ("Adaeze", "Nwosu"),
    ("Hamish", "Tukaroa"),
    ("Beatrix", "Holloway-Finch"),
    ("Emeka", "Obiora"),
    ("Clementine", "Sandover"),
    ("Renée", "Lefèvre"),
    ("Viktor", "Halloran"),
    ("Aroha", "Te Rangimarie"),
    ("Imogen", "Thistlewood"),
    ("Rafael", "Montclair"),
    ("Doreen", "Billabourne"),
];

/// The prescribers.
pub(crate) const PRESCRIBERS: [&Name; 5] = [
    &("Helena", "Marchbank"),
    &("Sanjay", "Venkataram"),
    &("Ruth", "Ellerslie"),
    &("Fergus", "Dunmore"),
    &("Olive", "Castellan"),
];

/// Street, town, state and postcode in Australia.
pub(crate) const PLACES_AU: [&str; 8] = [
    "14 Campbell Road, Ballarat VIC 3350",
    "7/22 Wattlebird Street, Newtown NSW 2042",
    "103 Jacaranda Avenue, Toowoomba QLD 4350",
    "5 Saltbush Crescent, Port Augusta SA 5700",
    "88 Karri Drive, Albany WA 6330",
    "31 Huon Terrace, Kingston TAS 7050",
    "2 Brolga Place, Palmerston NT 0830",
    "19 Correa Close, Queanbeyan NSW 2620",
];

pub(crate) const PLACES_NZ: [&str; 3] =
    ["12 Kowhai Street, Whanganui 4500", "45 Rata Road, Nelson 7010", "8 Totara Lane, Te Puke 3119"];

pub(crate) const PLACES_UK: [&str; 3] =
    ["3 Larkspur Lane, Hexham NE46 1AA", "27 Bramble Road, Ludlow SY8 1AA", "9 Heather Close, Peebles EH45 8AA"];

pub(crate) const PLACES_US: [&str; 3] = [
    "410 Juniper Street, Bend, OR 97701",
    "1285 Dogwood Avenue, Asheville, NC 28801",
    "77 Cottonwood Drive, Durango, CO 81301",
];

/// Telephone numbers that the Australian numbering plan keeps for fiction.
pub(crate) const PHONES_AU: [&str; 6] =
    ["0491 570 156", "0491 570 157", "0491 570 158", "0491 570 159", "0491 570 110", "0491 570 006"];

/// Telephone numbers that Ofcom keeps for drama.
pub(crate) const PHONES_UK: [&str; 3] = ["020 7946 0018", "0161 496 0233", "07700 900461"];

/// Telephone numbers that the North American plan keeps for fiction.
pub(crate) const PHONES_US: [&str; 3] = ["(541) 555-0142", "(828) 555-0117", "(970) 555-0163"];

/// Drug with strength and form, dose with directions, quantity.
pub(crate) const DRUGS: [&(&str, &str, &str); 16] = [
    &("Amoxicillin 500 mg capsule", "Take ONE capsule three times a day for 7 days", "20"),
    &("Metformin 1 g tablet", "Take ONE tablet twice a day with food", "90"),
    &("Atorvastatin 40 mg tablet", "Take ONE tablet at night", "30"),
    &("Perindopril 5 mg tablet", "Take ONE tablet in the morning", "30"),
    &("Salbutamol 100 microgram inhaler", "Inhale TWO puffs when needed, up to 4 times a day", "2"),
    &("Levothyroxine 75 microgram tablet", "Take ONE tablet in the morning, before food", "200"),
    &("Esomeprazole 20 mg tablet", "Take ONE tablet in the morning", "30"),
    &("Sertraline 50 mg tablet", "Take ONE tablet in the morning", "30"),
    &("Apixaban 5 mg tablet", "Take ONE tablet twice a day", "60"),
    &("Rosuvastatin 10 mg tablet", "Take ONE tablet a day", "30"),
    &("Cefalexin 500 mg capsule", "Take ONE capsule four times a day until finished", "20"),
    &("Prednisolone 25 mg tablet", "Take TWO tablets in the morning for 5 days, then stop", "30"),
    &("Insulin glargine 100 units/mL pen", "Inject 18 units under the skin at night", "25"),
    &("Amlodipine 5 mg tablet", "Take ONE tablet in the morning", "30"),
    &("Latanoprost 0.005% eye drops", "Put ONE drop into each eye at night", "1"),
    &("Paracetamol 665 mg modified release", "Take TWO tablets three times a day", "192"),
];
