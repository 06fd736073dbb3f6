//! Identifiers of the practice's own, and allow lists.

use pillbox_model::{AllowEntries, AllowList, CustomIdentifier};
use pillbox_store::Store;

fn identifier(name: &str) -> CustomIdentifier {
    serde_json::from_value(serde_json::json!({ "name": name, "regex": "CH-[0-9]{4}" })).unwrap()
}

#[test]
fn identifiers_are_kept_replaced_renamed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    let store = Store::open(&dir).unwrap();
    assert!(store.custom_identifiers().unwrap().is_empty());
    store.save_custom_identifiers(&[identifier("b"), identifier("a")], None).unwrap();
    let described = CustomIdentifier { description: "of the practice".to_owned(), ..identifier("a") };
    store.save_custom_identifiers(std::slice::from_ref(&described), None).unwrap();
    store.save_custom_identifiers(&[identifier("c")], Some("b")).unwrap();
    drop(store);
    let store = Store::open(&dir).unwrap();
    assert_eq!(store.custom_identifiers().unwrap(), [described, identifier("c")]);
    assert!(store.remove_custom_identifier("c").unwrap());
    assert!(!store.remove_custom_identifier("c").unwrap());
    assert_eq!(store.custom_identifiers().unwrap().len(), 1);
}

#[test]
fn allow_lists_are_kept_replaced_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data")).unwrap();
    let list = |enabled| AllowList {
        name: "ours".to_owned(),
        description: String::new(),
        enabled,
        entries: AllowEntries::Words { words: vec!["Campbell House".to_owned()] },
    };
    store.save_allow_list(&list(true)).unwrap();
    store.save_allow_list(&list(false)).unwrap();
    assert_eq!(store.allow_lists().unwrap(), [list(false)]);
    assert!(store.remove_allow_list("ours").unwrap());
    assert!(store.allow_lists().unwrap().is_empty() && !store.remove_allow_list("ours").unwrap());
}
