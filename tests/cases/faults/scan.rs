//! What goes wrong while a bucket is scanned: what was not read is named, and never called clean.

use support::{Asked, Fate, Outcome, Proxy};

use super::{BUCKET, Practice, every, first, get};

/// Prescriptions in the bucket, one of which holds what does not belong there.
fn stored(files: u64) -> Practice {
    let practice = Practice::with(files);
    practice.write("rx-000.txt", "Rx Examplillin 500 mg\nTax file number: 876 543 210\n");
    let aws = practice.sandbox.aws();
    aws.run(&["s3", "sync", "--quiet", practice.folder.to_str().unwrap(), super::DESTINATION]);
    practice
}

fn scan(practice: &Practice, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Outcome {
    let proxy = Proxy::start(&practice.sandbox.endpoint(), script);
    let pillbox = practice.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    pillbox.run(&["scan", super::DESTINATION, "--all", "--format", "jsonl", "--read-timeout", "1"])
}

/// A scan that nothing went wrong with says so of all objects.
#[track_caller]
fn is_whole(practice: &Practice, outcome: &Outcome) {
    let summary = outcome.the("summary");
    let files = support::files_below(&practice.folder).len();
    assert_eq!(
        (&summary["files"], &summary["skipped"], &summary["complete"]),
        (&files.into(), &0.into(), &true.into())
    );
    let found = outcome.of_type("detection");
    assert_eq!(found.iter().filter(|found| found["identifier"] == "AUSTRALIA_TAX_FILE_NUMBER").count(), 1);
}

/// The next scan, on a way on which nothing goes wrong, looks into everything, and there is one finding.
#[track_caller]
fn the_next_scan_finishes(practice: &Practice) {
    is_whole(practice, &scan(practice, |_| Fate::Passed).ended(1));
    let findings = practice.sandbox.pillbox().run(&["findings", "--format", "jsonl"]).ended(0);
    let objects = findings.objects();
    let of_objects = objects.iter().filter(|finding| finding["resourcesAffected"]["s3Object"]["key"].is_string());
    assert_eq!(of_objects.count(), 1, "{findings:?}");
}

#[test]
fn a_scan_asks_again_for_what_fails_for_a_moment() {
    let practice = stored(3);
    for fate in [Fate::Refused(500, "InternalError"), Fate::Refused(503, "SlowDown"), Fate::Cut, Fate::Stalled] {
        is_whole(&practice, &scan(&practice, first(get, &[fate])).ended(1));
        is_whole(&practice, &scan(&practice, first(Asked::is_listing, &[fate])).ended(1));
    }
}

#[test]
fn a_list_that_cannot_be_read_is_no_clean_bucket() {
    for (fate, code) in [
        (Fate::Refused(500, "InternalError"), "serviceError"),
        (Fate::Refused(503, "SlowDown"), "slowDown"),
        (Fate::ResetBack(400), "connectionLost"),
        (Fate::Stalled, "connectionLost"),
        (Fate::Refused(400, "ExpiredToken"), "expiredToken"),
    ] {
        let practice = stored(1);
        let outcome = scan(&practice, every(Asked::is_listing, fate)).ended(2);
        assert_eq!(outcome.the("error")["code"], code, "{fate:?}");
        assert_eq!(outcome.the("summary")["complete"], false, "{fate:?}");
        the_next_scan_finishes(&practice);
    }
}

#[test]
fn an_object_that_does_not_arrive_whole_is_named_and_not_called_clean() {
    let practice = stored(1);
    for fate in [
        Fate::ResetBack(400),
        Fate::StalledBack(400),
        Fate::Flipped { unsigned: false },
        Fate::Shortened { unsigned: false },
        Fate::Refused(403, "AccessDenied"),
        Fate::Refused(404, "NoSuchKey"),
        Fate::Refused(403, "InvalidObjectState"),
    ] {
        let meant = |asked: &Asked| asked.is_object("GET") && asked.target.contains("rx-001");
        let outcome = scan(&practice, every(meant, fate)).ended(2);
        let skipped = outcome.the("skipped");
        assert_eq!(skipped["source"], "rx/rx-001.txt", "{fate:?}");
        let summary = outcome.the("summary");
        assert_eq!((&summary["files"], &summary["skipped"]), (&1.into(), &1.into()), "{fate:?}");
    }
    the_next_scan_finishes(&practice);
}

#[test]
fn a_store_that_goes_away_during_a_scan_is_told_and_the_next_scan_finishes() {
    let practice = stored(12);
    for (fate, code) in [(Fate::Gone, "noNetwork"), (Fate::Refused(400, "ExpiredToken"), "expiredToken")] {
        let outcome = scan(&practice, super::from(6, get, fate)).ended(2);
        assert_eq!(outcome.the("error")["code"], code);
        assert_eq!(outcome.the("summary")["complete"], false);
    }
    the_next_scan_finishes(&practice);
    assert_eq!(practice.sandbox.versions("rx/").len(), 13, "a scan changes nothing in {BUCKET}");
}
