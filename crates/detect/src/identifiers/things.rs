//! Vehicles, places and visits.

use super::entry::entry;
use super::{LOW_MEDIUM, RISING, SCATTERED, finds};
use crate::identifier::{Alone, Compact, Finder, Identifier, Support};
use crate::validators::vehicle_identification_number;
use crate::values::{coordinates, header};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("VEHICLE_IDENTIFICATION_NUMBER", "Vehicle identification number", "Any", SCATTERED)
        .near_to(&[
            "vin",
            "vin no",
            "vin number",
            "v.i.n.",
            "vehicle identification",
            "vehicle identification number",
            "chassis number",
            "chassis no",
            "fahrgestellnummer",
            "fahrzeug identifizierungsnummer",
            "fahrzeug identnummer",
            "fin",
            "niv",
            "numéro d'identification du véhicule",
            "numero d'identification du vehicule",
            "número de identificación del vehículo",
            "numero de identificacion del vehiculo",
            "número de chassis",
            "numero de chassis",
            "numer vin",
            "numer nadwozia",
            "serie sasiu",
            "seria sasiu",
            "numărul de identificare",
            "transporto priemonės identifikavimo numeris",
        ])
        .showing(4)
        .in_groups(&["XXXXXXXXXXXXXXXXX"], b" -", vehicle)
        .known_from("AWS Macie User Guide, PII; ISO 3779; 49 CFR 565")
        .proved_by(
            &[
                finds("VIN: 1M8GDM9AXKP042788", "1M8GDM9AXKP042788"),
                finds("Fahrgestellnummer WVWZZZ1JZXW000001", "WVWZZZ1JZXW000001"),
                finds("vin=1m8gdm9axkp042788", "1m8gdm9axkp042788"),
            ],
            &[
                "1M8GDM9AXKP042788",
                "VIN: 1M8GDM9A1KP042788",
                "VIN: 1M8GDM9AXKPO42788",
                "VIN: 12345678901234567",
                "Order: WVWZZZ1JZXW000001",
            ],
        ),
    entry("LATITUDE_LONGITUDE", "GPS coordinates", "Any", LOW_MEDIUM)
        .near_to(&[
            "coordinate",
            "coordinates",
            "lat long",
            "lat/long",
            "lat lon",
            "lat/lon",
            "latitude longitude",
            "latitude/longitude",
            "latitude and longitude",
            "position",
            "gps",
            "gps coordinates",
            "gps location",
            "gps position",
            "geolocation",
            "geo",
        ])
        .showing(0)
        .read_by(Finder::Beside(coordinates::pair))
        .known_from("AWS Macie User Guide, PII")
        .proved_by(
            &[
                finds("coordinates: 41.948614,-87.655311", "41.948614,-87.655311"),
                finds("GPS -37.562210, 143.850273", "-37.562210, 143.850273"),
                finds("lat/long: (51.5033, -0.1196)", "51.5033, -0.1196"),
            ],
            &[
                "41.948614,-87.655311",
                "coordinates: 91.948614,-87.655311",
                "position: 1.5, 2.5",
                "position: 0.12345, 0.23456, 0.34567",
                "coordinates: 0.000000,0.000000",
            ],
        ),
    entry("HTTP_COOKIE", "HTTP cookie", "Any", RISING)
        .near_to(&["cookie", "set cookie"])
        .showing(0)
        .read_by(Finder::Beside(header::cookie))
        .known_from("AWS Macie User Guide, PII; RFC 6265")
        .proved_by(
            &[
                finds("Set-Cookie: id=TWlrZQ", "id=TWlrZQ"),
                finds("Cookie: sid=a3fWa9; theme=dark", "sid=a3fWa9; theme=dark"),
                finds("{\"Set-Cookie\": \"session=9f8e7d6c5b; Path=/\"}", "session=9f8e7d6c5b; Path=/"),
            ],
            &["Cookie: yes", "a cookie: id=TWlrZQ", "Set-Cookie: theme=dark", "Cookie=TWlrZQ1"],
        ),
];

fn vehicle(value: &Compact<'_>) -> Option<Support> {
    vehicle_identification_number(value.characters).map(|checksum| Support { checksum, alone: Alone::Never })
}
