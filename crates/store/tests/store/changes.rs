//! Changes of buckets' settings and of objects.

use pillbox_model::{ErrorCode, FixPlan, ObjectFix, ObjectPlan, ObjectStep, Reversibility};
use pillbox_store::{Change, ChangePlan, ChangeState, ChangeStep, NewChange, StepOutcome, Store};

use crate::samples::{self, BUCKET, Kept, at};

fn plan() -> ChangePlan {
    ChangePlan::Settings(samples::plan())
}

fn new(plan: &ChangePlan, undo_of: Option<u64>) -> NewChange<'_> {
    NewChange { at: at(1), actor: "engineer".to_owned(), connection: "practice".to_owned(), plan, undo_of }
}

/// Begins a change and marks its first step.
fn begun(store: &Store, undo_of: Option<u64>, first: StepOutcome) -> u64 {
    let id = store.begin_change(new(&plan(), undo_of)).unwrap();
    store.mark_step(id, 0, at(2), first, None).unwrap();
    id
}

fn newest(store: &Store) -> Option<u64> {
    store.newest_undoable(None, None).unwrap().map(|change| change.id)
}

#[test]
fn the_former_state_is_there_after_the_program_ended_half_way() {
    let Kept { store, dir } = Kept::new();
    let id = store.begin_change(new(&plan(), None)).unwrap();
    drop(store);
    let change = Store::open(dir.path()).unwrap().change(id).unwrap().unwrap();
    assert_eq!(
        change,
        Change {
            id,
            at: at(1),
            actor: "engineer".to_owned(),
            connection: "practice".to_owned(),
            bucket: BUCKET.to_owned(),
            plan: plan(),
            state: ChangeState::Begun,
            steps: Vec::new(),
            undo_of: None,
            undone_by: None,
        }
    );
}

#[test]
fn steps_are_kept_in_the_plans_order_and_may_be_marked_again() {
    let Kept { store, dir: _dir } = Kept::new();
    let id = begun(&store, None, StepOutcome::Failed(ErrorCode::AccessDenied));
    store.mark_step(id, 1, at(3), StepOutcome::Failed(ErrorCode::FixNotConfirmed), None).unwrap();
    store.mark_step(id, 0, at(4), StepOutcome::Applied, None).unwrap();
    store.finish_change(id, ChangeState::PartlyApplied).unwrap();
    let change = store.change(id).unwrap().unwrap();
    assert_eq!(
        change.steps,
        [
            ChangeStep { step: 0, at: at(4), outcome: StepOutcome::Applied, version: None },
            ChangeStep { step: 1, at: at(3), outcome: StepOutcome::Failed(ErrorCode::FixNotConfirmed), version: None },
        ]
    );
    assert_eq!(change.state, ChangeState::PartlyApplied);
}

#[test]
fn the_newest_that_was_written_is_taken_back_first_and_an_undo_is_none() {
    let Kept { store, dir: _dir } = Kept::new();
    assert_eq!(newest(&store), None);
    let first = begun(&store, None, StepOutcome::Applied);
    let second = begun(&store, None, StepOutcome::Applied);
    let _failed = begun(&store, None, StepOutcome::Failed(ErrorCode::AccessDenied));
    assert_eq!(newest(&store), Some(second));

    let undo = begun(&store, Some(second), StepOutcome::Applied);
    store.mark_undone(second, undo).unwrap();
    assert_eq!(newest(&store), Some(first));
    assert_eq!(store.change(second).unwrap().unwrap().undone_by, Some(undo));
    assert_eq!(store.change(undo).unwrap().unwrap().undo_of, Some(second));

    let undo = begun(&store, Some(first), StepOutcome::Applied);
    store.mark_undone(first, undo).unwrap();
    assert_eq!(newest(&store), None);
}

#[test]
fn the_newest_is_looked_for_in_one_connection_and_bucket() {
    let Kept { store, dir: _dir } = Kept::new();
    let here = begun(&store, None, StepOutcome::Applied);
    let elsewhere = ChangePlan::Settings(FixPlan { bucket: "elsewhere".to_owned(), ..samples::plan() });
    let there = store.begin_change(new(&elsewhere, None)).unwrap();
    store.mark_step(there, 0, at(2), StepOutcome::Applied, None).unwrap();
    let newest = |connection, bucket| store.newest_undoable(connection, bucket).unwrap().map(|change| change.id);
    assert_eq!(newest(None, Some(BUCKET)), Some(here));
    assert_eq!(newest(Some("practice"), None), Some(there));
    assert_eq!(newest(Some("branch"), None), None);
    let ids: Vec<u64> = store.changes().unwrap().iter().map(|change| change.id).collect();
    assert_eq!(ids, [there, here]);
}

#[test]
fn what_is_not_on_the_record_or_was_taken_back_is_refused() {
    let Kept { store, dir: _dir } = Kept::new();
    let change = begun(&store, None, StepOutcome::Applied);
    let undo = begun(&store, Some(change), StepOutcome::Applied);
    store.mark_undone(change, undo).unwrap();
    let refusals = [
        store.begin_change(new(&plan(), Some(change))).map(drop),
        store.begin_change(new(&plan(), Some(99))).map(drop),
        store.mark_undone(change, undo),
        store.mark_undone(99, undo),
        store.mark_undone(undo, 99),
        store.mark_step(99, 0, at(1), StepOutcome::Applied, None),
        store.finish_change(99, ChangeState::Applied),
    ];
    for refusal in refusals {
        assert_eq!(refusal.unwrap_err().code, ErrorCode::NoSuchChange);
    }
    assert_eq!(store.change(99).unwrap(), None);
}

#[test]
fn a_change_of_an_object_is_one_among_the_others_and_never_comes_back_where_it_can_not() {
    let Kept { store, dir: _dir } = Kept::new();
    let removal = |reversibility| {
        ChangePlan::Object(ObjectPlan {
            fix: ObjectFix::DeleteVersion,
            bucket: BUCKET.to_owned(),
            key: "inbox/rx.txt".to_owned(),
            steps: vec![ObjectStep::Show { key: "inbox/rx.txt".to_owned(), marker: "m1".to_owned() }],
            effects: Vec::new(),
            reversibility,
            consent: None,
            permissions: vec!["s3:DeleteObjectVersion".to_owned()],
        })
    };
    let settings = begun(&store, None, StepOutcome::Applied);
    let begin = |plan: &ChangePlan| {
        let id = store.begin_change(new(plan, None)).unwrap();
        store.mark_step(id, 0, at(2), StepOutcome::Applied, Some("v2")).unwrap();
        id
    };
    let plan = removal(Reversibility::Exact);
    let exact = begin(&plan);
    assert_eq!(newest(&store), Some(exact));
    let kept = store.change(exact).unwrap().unwrap();
    assert_eq!((&kept.plan, kept.bucket.as_str(), kept.steps[0].version.as_deref()), (&plan, BUCKET, Some("v2")));
    begin(&removal(Reversibility::Never));
    assert_eq!(newest(&store), Some(exact), "what can't be taken back is passed over");
    store.mark_undone(exact, settings).unwrap();
    assert_eq!(newest(&store), Some(settings));
}
