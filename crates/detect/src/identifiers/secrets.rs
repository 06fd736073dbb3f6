//! Keys and passwords that are known by their first letters or by their label.

use pillbox_model::Category;

use super::entry::entry;
use super::{HIGH, finds};
use crate::identifier::{Finder, Identifier, Start};
use crate::values::{pem, secret};

pub(super) const IDENTIFIERS: &[Identifier] = &[
    entry("GCP_API_KEY", "Google Cloud API key", "Any", HIGH)
        .of(Category::Credentials)
        .near_to(&["gcp", "gcp key", "gcp api key", "g_places_key", "google", "google key", "google api key", "google cloud key", "google cloud", "google cloud apikeys", "googlekey", "google maps key", "google maps api key", "googleapis", "maps api key", "x-goog-api-key", "x goog api key", "api key", "apikey", "firebase", "key"])
        .within(60)
        .showing(0)
        .read_by(Finder::Beside(secret::google_api_key))
        .known_from("AWS Macie User Guide, credentials; Google Cloud, API keys")
        .proved_by(&[finds("GCP API key: AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q", "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"), finds("https://maps.googleapis.com/maps/api/js?key=AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q&v=3", "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"), finds("X-goog-api-key: AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q", "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q")], &["AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q", "GCP key: AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6QR", "google: AIza", "api key: AIzaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]),
    entry("STRIPE_CREDENTIALS", "Stripe API key", "Any", HIGH)
        .of(Category::Credentials)
        .near_to(&["sk live", "sk test", "rk live", "rk test", "pk live", "pk test"])
        .within(60)
        .showing(0)
        .read_by(Finder::Beside(secret::stripe_key))
        .known_from("AWS Macie User Guide, credentials; Stripe, API keys")
        .proved_by(&[finds("sk_test_Qx7Lm2Rt9Vb4Nc6Zp1Ks8Wd3", "sk_test_Qx7Lm2Rt9Vb4Nc6Zp1Ks8Wd3"), finds("stripe = \"rk_live_Qx7Lm2Rt9Vb4Nc6Zp1Ks8Wd3Fg5\";", "rk_live_Qx7Lm2Rt9Vb4Nc6Zp1Ks8Wd3Fg5")], &["sk_test_BQokikJOvBiI2HlWgH4olfQ2", "sk_test_xxxxxxxxxxxxxxxxxxxxxxxx", "sk_test_short1", "sk-live-Qx7Lm2Rt9Vb4Nc6Zp1Ks8Wd3"]),
    entry("PGP_PRIVATE_KEY", "PGP private key", "Any", HIGH)
        .of(Category::Credentials)
        .near_to(&[])
        .within(30)
        .showing(0)
        .read_by(Finder::Starting(Start::Dashes, pem::pgp))
        .known_from("RFC 9580")
        .proved_by(&[finds("-----BEGIN PGP PRIVATE KEY BLOCK-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----"), finds("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGV\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----\n", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGV\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----")], &["-----BEGIN PGP PUBLIC KEY BLOCK-----", "-----BEGIN PGP MESSAGE-----", "BEGIN PGP PRIVATE KEY BLOCK"]),
    entry("PUTTY_PRIVATE_KEY", "PuTTY private key", "Any", HIGH)
        .of(Category::Credentials)
        .near_to(&["putty user key file"])
        .within(60)
        .showing(0)
        .read_by(Finder::Beside(pem::putty))
        .known_from("PuTTY manual, appendix C")
        .proved_by(&[finds("PuTTY-User-Key-File-3: ssh-ed25519", "PuTTY-User-Key-File-3: ssh-ed25519"), finds("PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: none\r\nComment: k\r\nPublic-Lines: 1\r\nAAAA\r\nPrivate-Lines: 1\r\nAAAB\r\nPrivate-MAC: 00ff\r\n", "PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: none\r\nComment: k\r\nPublic-Lines: 1\r\nAAAA\r\nPrivate-Lines: 1\r\nAAAB\r\nPrivate-MAC: 00ff")], &["PuTTY user key file", "PuTTY-User-Key-File: see manual", "PuTTY-User-Key-File-3:"]),
    entry("PASSWORD", "Password", "Any", HIGH)
        .of(Category::Credentials)
        .near_to(&["password", "passwd", "passwort", "passphrase", "passcode", "pwd", "pass", "user password", "login password", "account password", "portal password", "wifi password", "wi-fi password", "temporary password", "new password", "db password", "mot de passe", "contraseña", "senha", "wachtwoord", "kennwort"])
        .within(20)
        .showing(0)
        .read_by(Finder::Beside(secret::password))
        .known_from("OWASP, password storage; entropy by the frequency of characters")
        .proved_by(&[finds("Password: Tr0ub4dor&3", "Tr0ub4dor&3"), finds("Password\tTr0ub4dor&3", "Tr0ub4dor&3"), finds("Passwort          cel2G74RP$Y8c", "cel2G74RP$Y8c"), finds("His password was given as Tr0ub4dor&3.", "Tr0ub4dor&3"), finds("note password wuwwUxZtk$I2r.", "wuwwUxZtk$I2r"), finds("DB_PASSWORD=x9!Kq27fLm", "x9!Kq27fLm"), finds("{\"password\": \"gH7#pLq2vX\"}", "gH7#pLq2vX"), finds("pwd: Winter2026x", "Winter2026x")], &["Tr0ub4dor&3", "a two-pass memchr2+SWAR loop", "Password: required", "password = get_password(user1)", "password: &str", "Password: ********", "password: aaaaaaA1", "password: Password1"]),
];
