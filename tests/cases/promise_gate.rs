//! Nothing leaves for a bucket that is not shut.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use pillbox_app::{Counters, UploadOptions};
use pillbox_model::{ErrorCode, OnConflict, ReadBack};
use serde_json::{Value, json};
use support::{Asked, Fate, Outcome, Pillbox, Program, Proxy, RunningSandbox, Tally};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";
const ALL_ON: &str = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";
const ACCEPTED: [&str; 2] = ["--accept-unprotected", "our storage box has no such thing"];

/// A bucket as it is made for trying: nothing shuts it. And a folder with so many prescriptions.
struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
}

impl Practice {
    fn open(files: u64) -> Self {
        let sandbox = RunningSandbox::with_sample();
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).unwrap();
        for number in 1..=files {
            let text = format!("Rx Examplillin 500 mg capsules, 20\nRepeats: {number}\n");
            fs::write(folder.join(format!("rx-{number:03}.txt")), text).unwrap();
        }
        Self { sandbox, folder }
    }

    fn upload_by(&self, pillbox: &Pillbox, arguments: &[&str]) -> Outcome {
        let fixed = ["upload", self.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl"];
        pillbox.run(&[&fixed, arguments].concat())
    }

    /// Uploads, and makes sure that it is held under this code, whatever reason is given, and that nothing left.
    #[track_caller]
    fn is_held(&self, pillbox: &Pillbox, exit: i32, code: &str) {
        for arguments in [&[][..], &ACCEPTED] {
            let outcome = self.upload_by(pillbox, arguments).ended(exit);
            assert_eq!(outcome.the("error")["code"], code, "{arguments:?}");
            let summary = outcome.the("summary");
            assert_eq!((&summary["verified"], &summary["left"]), (&json!(0), &summary["files"]), "{arguments:?}");
            assert!(outcome.stderr.contains("help: "), "{}", outcome.stderr);
        }
        assert!(self.sandbox.versions("rx/").is_empty());
    }

    fn gate(&self) -> Value {
        self.sandbox.pillbox().run(&["check", &format!("s3://{BUCKET}"), "--format", "jsonl"]).the("summary")["gate"]
            .clone()
    }

    fn put_account_block(&self, flags: &str) {
        // The CLI puts the account's number before the host, and nobody has a name for that: by way of a proxy it
        // need not be looked up.
        let proxy = Proxy::start(&self.sandbox.endpoint(), |_: &Asked| Fate::Passed);
        self.sandbox.aws().with("HTTP_PROXY", proxy.endpoint()).with("AWS_DEFAULT_REGION", "ap-southeast-2").run(&[
            "s3control",
            "put-public-access-block",
            "--account-id",
            self.sandbox.account_id(),
            "--public-access-block-configuration",
            flags,
        ]);
    }
}

/// A store without Block Public Access.
fn knows_no_block(asked: &Asked) -> Fate {
    if asked.is_public_access_block() { Fate::Refused(501, "NotImplemented") } else { Fate::Passed }
}

#[test]
fn a_bucket_that_is_not_shut_holds_everything() {
    let practice = Practice::open(2);
    practice.is_held(&practice.sandbox.pillbox(), 1, "bucketNotShut");
    assert_eq!(practice.gate()["public"], false);
}

#[test]
fn three_flags_are_not_four() {
    let practice = Practice::open(1);
    for off in ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] {
        let flags = ALL_ON.replace(&format!("{off}=true"), &format!("{off}=false"));
        let call = ["s3api", "put-public-access-block", "--bucket", BUCKET, "--public-access-block-configuration"];
        practice.sandbox.aws().run(&[&call[..], &[&flags]].concat());
        let outcome = practice.upload_by(&practice.sandbox.pillbox(), &[]).ended(1);
        assert_eq!(outcome.the("error")["code"], "bucketNotShut", "{off}");
    }
    assert!(practice.sandbox.versions("rx/").is_empty());
}

#[test]
fn a_public_bucket_holds_everything_and_is_called_public() {
    let practice = Practice::open(1);
    practice.sandbox.set_policy(&json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": format!("arn:aws:s3:::{BUCKET}/*"),
        }],
    }));
    practice.is_held(&practice.sandbox.pillbox(), 1, "bucketNotShut");
    assert_eq!(practice.gate()["public"], true);
    let told = practice.sandbox.pillbox().run(&["check", &format!("s3://{BUCKET}")]).ended(1);
    assert!(told.stdout.contains("OPEN to the public"), "{}", told.stdout);
}

#[test]
fn what_may_not_be_read_holds_everything() {
    let practice = Practice::open(1);
    practice.sandbox.deny(&["s3:GetBucketPublicAccessBlock"]);
    practice.is_held(&practice.sandbox.pillbox(), 1, "bucketProtectionUnknown");
    assert_eq!(practice.gate()["permissions"], json!(["s3:GetBucketPublicAccessBlock"]));
}

#[test]
fn the_account_alone_suffices() {
    let practice = Practice::open(1);
    practice.put_account_block(ALL_ON);
    practice.sandbox.deny(&["s3:GetBucketPublicAccessBlock"]);
    assert_eq!(practice.upload_by(&practice.sandbox.pillbox(), &[]).ended(0).the("summary")["verified"], 1);
}

#[test]
fn the_levels_add_up() {
    let practice = Practice::open(1);
    practice.put_account_block("BlockPublicAcls=true,IgnorePublicAcls=true");
    let flags = "BlockPublicPolicy=true,RestrictPublicBuckets=true";
    let call = ["s3api", "put-public-access-block", "--bucket", BUCKET, "--public-access-block-configuration", flags];
    practice.sandbox.aws().run(&call);
    practice.upload_by(&practice.sandbox.pillbox(), &[]).ended(0);
}

#[test]
fn a_store_without_the_block_asks_for_a_reason() {
    let practice = Practice::open(2);
    let proxy = Proxy::start(&practice.sandbox.endpoint(), knows_no_block);
    let pillbox = practice.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    let held = practice.upload_by(&pillbox, &[]).ended(1);
    assert_eq!(held.the("error")["code"], "notSupported");
    assert!(practice.sandbox.versions("rx/").is_empty());
    let sent = practice.upload_by(&pillbox, &ACCEPTED).ended(0);
    assert_eq!(sent.the("summary")["verified"], 2);
}

#[test]
fn a_reason_does_not_help_where_one_level_is_known_to_be_off() {
    let practice = Practice::open(1);
    let account_only = |asked: &Asked| {
        if asked.target.starts_with("/v20180820/") { Fate::Refused(501, "NotImplemented") } else { Fate::Passed }
    };
    let proxy = Proxy::start(&practice.sandbox.endpoint(), account_only);
    let pillbox = practice.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    practice.is_held(&pillbox, 1, "bucketNotShut");
    practice.sandbox.deny(&["s3:GetBucketPublicAccessBlock"]);
    practice.is_held(&pillbox, 1, "bucketProtectionUnknown");
}

/// Bytes leave one by one through a proxy that lets so many objects pass; what is beyond waits for ever.
fn narrow(practice: &Practice, passes: u64, arrived: &Tally) -> Proxy {
    let (arrived, never) = (arrived.clone(), Tally::default());
    Proxy::start(&practice.sandbox.endpoint(), move |asked: &Asked| {
        if asked.is_object("PUT") && arrived.add() >= passes {
            never.wait_for(1);
        }
        Fate::Passed
    })
}

#[test]
fn a_bucket_that_opens_on_the_way_holds_the_rest() {
    let practice = Practice::open(60);
    practice.sandbox.shut();
    let arrived = Tally::default();
    let proxy = narrow(&practice, 20, &arrived);
    let options = UploadOptions {
        roots: vec![practice.folder.clone()],
        prefix: "rx/".to_owned(),
        on_conflict: OnConflict::Ask,
        decide: None,
        neutral_names: false,
        accept_unprotected: Some("no reason helps here".to_owned()),
        read_back: ReadBack::Whole,
        sync: false,
    };
    let data = practice.sandbox.folder().join("pillbox");
    let program = Program::open(&practice.sandbox, &data, proxy.endpoint());
    let (stop, counters) = (Default::default(), Arc::<Counters>::default());
    let report = std::thread::scope(|scope| {
        scope.spawn(|| {
            arrived.wait_for(21);
            practice.sandbox.open_up();
        });
        program.wait(async {
            let session = program.app.session().await.unwrap();
            program.app.upload(&session, &options, &stop, &counters).await.unwrap()
        })
    });
    assert_eq!(report.failure.as_ref().map(|failure| failure.code), Some(ErrorCode::BucketNotShut));
    assert!(report.verified <= 20 && report.verified + report.left == 60, "{report:?}");
    assert_eq!(practice.sandbox.versions("rx/").len(), 20, "nothing of the rest was sent");
    drop(program);

    let resume = ["upload", "--resume", &report.upload.id, "--format", "jsonl"];
    let held = practice.sandbox.pillbox().run(&resume).ended(1);
    assert_eq!(held.the("error")["code"], "bucketNotShut");
    assert_eq!(practice.sandbox.versions("rx/").len(), 20, "it is asked on resume");

    practice.sandbox.shut();
    let finished = practice.sandbox.pillbox().run(&resume).ended(0);
    let summary = finished.the("summary");
    assert_eq!(summary["verified"].as_u64().unwrap() + summary["alreadyThere"].as_u64().unwrap(), 60);
    assert_eq!(practice.sandbox.versions("rx/").len(), 60, "each once");
}
