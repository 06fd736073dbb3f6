//! Every code has words.

use pillbox_app::Words;
use pillbox_model::{CheckId, Concern, ErrorCode, SkipReason, Verdict};
use serde::de::DeserializeOwned;
use ts_rs::{Config, TS};

/// Every value of an enum of codes, read from its own description.
fn every<T: TS + DeserializeOwned>() -> Vec<T> {
    let values: Vec<T> =
        T::inline(&Config::new()).split('|').map(|name| serde_json::from_str(name.trim()).unwrap()).collect();
    assert!(values.len() > 1);
    values
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let words = Words::english();
    for code in every::<ErrorCode>() {
        assert!(!words.error(&code.into()).is_empty(), "{code:?} has no words");
        assert!(!words.help(code).is_empty(), "{code:?} has no help");
    }
}

#[test]
fn every_check_says_each_verdict_what_can_go_wrong_and_what_to_do() {
    let words = Words::english();
    for check in CheckId::ALL {
        for verdict in every::<Verdict>() {
            assert!(!words.check(check, verdict).is_empty(), "{check} {verdict:?}");
        }
        assert!(!words.risk(check).is_empty() && !words.guide(check).is_empty(), "{check}");
    }
}

#[test]
fn every_concern_says_what_is_odd_and_what_to_do() {
    let words = Words::english();
    for concern in every::<Concern>() {
        assert!(!words.concern(concern).is_empty() && !words.concern_help(concern).is_empty(), "{concern:?}");
    }
}

#[test]
fn every_reason_to_skip_says_what_happened_and_what_to_do() {
    let words = Words::english();
    for reason in every::<SkipReason>() {
        assert!(!words.skip(reason).is_empty() && !words.skip_help(reason).is_empty(), "{reason:?}");
    }
}
