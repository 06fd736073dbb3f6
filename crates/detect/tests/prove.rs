//! Every identifier proves itself.

use pillbox_detect::Engine;

#[test]
fn examples_match_and_counterexamples_do_not() {
    let failures = Engine::managed().prove();
    assert!(failures.is_empty(), "{}", failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}
