//! Connections and settings.

use pillbox_model::ErrorCode;

use crate::samples::{Kept, connection};

#[test]
fn a_connection_is_saved_replaced_and_removed() {
    let Kept { store, dir: _dir } = Kept::new();
    for name in ["practice", "branch"] {
        store.save_connection(&connection(name)).unwrap();
    }
    let mut moved = connection("practice");
    moved.region = "us-east-1".to_owned();
    store.save_connection(&moved).unwrap();
    assert_eq!(store.connection("practice").unwrap(), Some(moved.clone()));
    assert_eq!(store.connections().unwrap(), [moved, connection("branch")]);

    assert!(store.remove_connection("practice").unwrap());
    assert!(!store.remove_connection("practice").unwrap());
    assert_eq!(store.connection("practice").unwrap(), None);
}

#[test]
fn a_setting_is_set_and_read_and_one_of_another_form_is_named() {
    let Kept { store, dir: _dir } = Kept::new();
    assert_eq!(store.setting::<String>("appearance").unwrap(), None);
    store.set_setting("appearance", &"dark").unwrap();
    store.set_setting("appearance", &"light").unwrap();
    assert_eq!(store.setting::<String>("appearance").unwrap().as_deref(), Some("light"));
    assert_eq!(store.setting::<u32>("appearance").unwrap_err().code, ErrorCode::DatabaseDamaged);
}
