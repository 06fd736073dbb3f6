//! Every code has words.

use pillbox_app::{ObjectAnswer, RecordAnswer, Words};
use pillbox_model::{
    CheckId, Concern, Decision, Disposition, ErrorCode, FileState, Gate, ReadBack, SkipReason, Verdict,
};
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

#[test]
fn a_receipt_says_everything_in_words() {
    let words = Words::english();
    for state in every::<FileState>() {
        assert!(!words.file_state(state).is_empty(), "{state:?}");
    }
    for disposition in every::<Disposition>() {
        assert!(!words.disposition(disposition).is_empty(), "{disposition:?}");
    }
    for answer in every::<ObjectAnswer>() {
        assert!(!words.object_answer(answer).is_empty(), "{answer:?}");
    }
    for answer in every::<RecordAnswer>() {
        assert!(!words.record_answer(answer).is_empty(), "{answer:?}");
    }
    for proof in [ReadBack::Whole, ReadBack::Checksum] {
        assert!(!words.proof(proof).is_empty(), "{proof:?}");
    }
    let send = Decision::Send { reason: "asked for".to_owned() };
    for decision in [Decision::LeaveOut, Decision::Redact, send] {
        assert!(!words.decision(&decision).is_empty(), "{decision:?}");
    }
    let flags = vec!["BlockPublicAcls".to_owned()];
    for gate in [
        Gate::Shut,
        Gate::NotShut { flags: flags.clone(), public: false },
        Gate::NotShut { flags, public: true },
        Gate::Unknown { permissions: Vec::new() },
        Gate::NotSupported,
    ] {
        assert!(!words.gate(&gate).is_empty() && !words.gate(&gate).contains('{'), "{gate:?}");
    }
}
