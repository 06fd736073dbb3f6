//! Keychains.

use pillbox_model::{ErrorCode, Secret};
use pillbox_store::{Keychain, SessionKeychain, SystemKeychain};

fn round_trip(keychain: &dyn Keychain, account: &str) {
    assert!(keychain.get(account).unwrap().is_none());
    keychain.delete(account).unwrap();
    for secret in ["first", "sécond, with ünicode"] {
        keychain.set(account, &Secret::new(secret)).unwrap();
        assert_eq!(keychain.get(account).unwrap().unwrap().expose(), secret);
    }
    keychain.delete(account).unwrap();
    assert!(keychain.get(account).unwrap().is_none());
}

#[test]
fn a_session_keychain_keeps_replaces_and_deletes_secrets() {
    round_trip(&SessionKeychain::new(), "AKIAIOSFODNN7EXAMPLE");
}

#[test]
fn a_keychain_does_not_print_its_secrets() {
    let keychain = SessionKeychain::new();
    keychain.set("account", &Secret::new("wJalrXUtnFEMI")).unwrap();
    assert!(!format!("{keychain:?}").contains("wJalr"));
}

/// An address where no session bus answers.
#[cfg(target_os = "linux")]
const NOWHERE: &str = "unix:path=/nonexistent/bus";

/// Needs the keychain of a session that is no person's own: `make test` starts one. Also the body of the other
/// process below, which has none.
#[test]
fn the_system_keychain_keeps_replaces_and_deletes_secrets() {
    let account = format!("test of pillbox, process {}", std::process::id());
    #[cfg(target_os = "linux")]
    if std::env::var("DBUS_SESSION_BUS_ADDRESS").is_ok_and(|address| address == NOWHERE) {
        let refusals = [
            SystemKeychain.set(&account, &Secret::new("secret")),
            SystemKeychain.get(&account).map(drop),
            SystemKeychain.delete(&account),
        ];
        for refusal in refusals {
            assert_eq!(refusal.unwrap_err().code, ErrorCode::KeychainUnavailable);
        }
        return;
    }
    round_trip(&SystemKeychain, &account);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_keychain_each_call_says_so() {
    let ended = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "keychain::the_system_keychain_keeps_replaces_and_deletes_secrets"])
        .env("DBUS_SESSION_BUS_ADDRESS", NOWHERE)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
}
