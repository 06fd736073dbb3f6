//! The receipt of an upload: what it says, that an edit of it or of the journal is found, and that it is true of the bucket.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::{Outcome, Pillbox, RunningSandbox};

const BUCKET: &str = "the-pain-killer-practice";
const CARD: &str = "4111 1111 1111 1111";

fn prescription(number: u32) -> String {
    format!(
        "Rx {number}\nPatient: Amara Okafor\nDOB: 12/12/2012\nExamplillin 500 mg capsules, 20\n1 three times a day\n"
    )
}

/// A bucket that is shut, and one upload to it.
struct Sent {
    sandbox: RunningSandbox,
    upload: String,
}

impl Sent {
    /// Sends files of these names, all with another text; the last one asks, and is sent with a reason.
    fn files(names: &[&str]) -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.shut();
        let folder = folder(&sandbox, names);
        let last = folder.join(names.last().unwrap());
        fs::write(last, prescription(99) + &format!("Card: {CARD}\n")).unwrap();
        let upload = send(&sandbox.pillbox(), &folder, BUCKET, &["--decide", "send", "--reason", "asked for"]);
        Self { sandbox, upload }
    }

    fn receipt(&self, arguments: &[&str]) -> Outcome {
        receipt(&self.sandbox.pillbox(), arguments)
    }

    fn verify(&self) -> Outcome {
        self.receipt(&["verify", &self.upload])
    }

    /// Writes the receipt to a new file.
    fn exported(&self, form: &str, more: &[&str]) -> PathBuf {
        let name = format!("receipt-{}.{form}", more.len());
        let file = self.sandbox.folder().join(name);
        let to = ["export", &self.upload, "--as", form, "--to", file.to_str().unwrap()];
        self.receipt(&[&to, more].concat()).ended(0);
        file
    }

    fn database(&self) -> Connection {
        Connection::open(self.sandbox.pillbox().data_dir().join("pillbox.db")).unwrap()
    }

    /// The AWS CLI about the object of a name.
    fn object(&self, call: &str, name: &str, more: &[&str]) -> Value {
        let key = format!("rx/{name}");
        self.sandbox.aws().json(&[&["s3api", call, "--bucket", BUCKET, "--key", &key], more].concat())
    }

    /// Stores something else under the key of a name.
    fn overwrite(&self, name: &str) {
        let file = self.sandbox.folder().join("other");
        fs::write(&file, "another text").unwrap();
        self.object("put-object", name, &["--body", file.to_str().unwrap()]);
    }
}

fn folder(sandbox: &RunningSandbox, names: &[&str]) -> PathBuf {
    let folder = sandbox.folder().join("scripts");
    fs::create_dir_all(&folder).unwrap();
    for (number, name) in (1..).zip(names) {
        fs::write(folder.join(name), prescription(number)).unwrap();
    }
    folder
}

fn send(pillbox: &Pillbox, folder: &Path, bucket: &str, more: &[&str]) -> String {
    let place = format!("s3://{bucket}/rx/");
    let arguments = ["upload", folder.to_str().unwrap(), &place, "--format", "jsonl"];
    let sent = pillbox.run(&[&arguments, more].concat()).ended(0);
    sent.the("summary")["upload"].as_str().unwrap().to_owned()
}

fn receipt(pillbox: &Pillbox, arguments: &[&str]) -> Outcome {
    pillbox.run(&[&["receipt"], arguments, &["--format", "jsonl"]].concat())
}

fn answer(outcome: &Outcome) -> Value {
    outcome.the("record")["answer"].clone()
}

/// The objects that are not as the receipt says: their number and what is said of them.
fn answers(outcome: &Outcome) -> Vec<Value> {
    let mut objects = outcome.of_type("object");
    objects.sort_by_key(|object| object["number"].as_u64());
    objects.iter().map(|object| json!([object["number"], object["answer"]])).collect()
}

/// Changes a file and verifies it.
fn verify_edited(sent: &Sent, file: &Path, edit: impl Fn(&str) -> String) -> Outcome {
    let text = fs::read_to_string(file).unwrap();
    let edited = edit(&text);
    assert_ne!(text, edited, "the edit changes something");
    let copy = sent.sandbox.folder().join("edited.json");
    fs::write(&copy, edited).unwrap();
    sent.receipt(&["verify", copy.to_str().unwrap()])
}

#[test]
fn a_receipt_says_what_was_done_and_is_true_of_record_and_bucket() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = folder(&sandbox, &["a.txt", "b.txt"]);
    fs::write(folder.join("card.txt"), prescription(3) + &format!("Card: {CARD}\n")).unwrap();
    // Large enough to go in parts, so that the store keeps no SHA-256 of the whole.
    fs::write(folder.join("large.txt"), prescription(4).repeat(90_000)).unwrap();
    let upload = send(&sandbox.pillbox(), &folder, BUCKET, &["--decide", "send", "--reason", "asked for"]);
    let sent = Sent { sandbox, upload };

    let shown = sent.receipt(&["show"]).ended(0);
    let head = shown.the("receipt");
    assert_eq!(
        (&head["upload"], &head["state"], &head["bucket"]),
        (&json!(sent.upload), &json!("done"), &json!(BUCKET))
    );
    assert_eq!((&head["files"], &head["byState"][0]["state"]), (&json!(4), &json!("verified")));
    let decision = json!({ "decision": { "kind": "send", "reason": "asked for" }, "files": 1 });
    assert!(head["decisions"].as_array().unwrap().contains(&decision), "{head}");
    let card = head["detections"].as_array().unwrap().iter().find(|found| found["identifier"] == "CREDIT_CARD_NUMBER");
    assert_eq!(card.unwrap()["files"], 1);
    let [run] = head["runs"].as_array().unwrap().as_slice() else { panic!("one run: {head}") };
    let caller = format!("arn:aws:iam::{}:user/sandbox", sent.sandbox.account_id());
    assert_eq!((&run["caller"], &run["version"]), (&json!(caller), &json!("0.1.0")));
    assert!(!run["actor"].as_str().unwrap().is_empty());
    let all_on = json!({ "known": { "blockPublicAcls": true, "ignorePublicAcls": true, "blockPublicPolicy": true,
        "restrictPublicBuckets": true } });
    for when in ["before", "after"] {
        assert_eq!((&run[when]["gate"], &run[when]["bucketBlock"]), (&json!({ "state": "shut" }), &all_on), "{when}");
    }

    let verified = sent.verify().ended(0);
    let summary = verified.the("summary");
    assert_eq!((&summary["objects"], &summary["agree"]), (&json!(4), &json!(4)));
    let signed = sha256_hex(&fs::read(sent.exported("json", &[])).unwrap());
    assert_eq!(verified.the("record")["sha256"], json!(signed), "the receipt without names is what is signed");
    let details: String = sent
        .database()
        .query_row("SELECT details FROM audit WHERE action = 'receipt.made'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(serde_json::from_str::<Value>(&details).unwrap()["sha256"], json!(signed));
    let list = sent.receipt(&[]).ended(0).the("upload");
    assert_eq!((&list["safe"], &list["sha256"]), (&json!(4), &json!(signed)));
    sent.sandbox.pillbox().run(&["audit", "verify"]).ended(0);
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[test]
fn an_edit_of_an_exported_receipt_is_found_wherever_it_is() {
    let sent = Sent::files(&["a.txt", "b.txt"]);
    let file = sent.exported("json", &[]);
    let agrees = sent.receipt(&["verify", file.to_str().unwrap()]).ended(0);
    assert_eq!(answer(&agrees), "agrees");
    let edits: [(&str, &str); 8] = [
        ("\"verified\"", "\"alreadyThere\""),
        ("\"size\":", "\"size\":1"),
        ("\"actor\":\"", "\"actor\":\"x"),
        ("\"state\":\"shut\"", "\"state\":\"notSupported\""),
        ("\"reason\":\"asked for\"", "\"reason\":\"not asked for\""),
        ("\"files\":2", "\"files\":3"),
        ("\"nameDigest\":\"", "\"nameDigest\":\"0"),
        // Nothing that it says is another, and it is no longer what was written.
        ("\"known\":{", "\"known\":{\"note\":1,"),
    ];
    for (from, to) in edits {
        let found = verify_edited(&sent, &file, |text| text.replacen(from, to, 1)).ended(1);
        assert_eq!(answer(&found), "differs", "{from} as {to}");
    }
    let without_the_last = |text: &str| text.rsplit_once(",\n").unwrap().0.to_owned() + "\n]}\n";
    let one_less = verify_edited(&sent, &file, without_the_last);
    assert_eq!(answer(&one_less.ended(1)), "differs");
    for (from, to) in [("\"form\":", "\"from\":"), ("\n]}", "\n]"), ("pillbox receipt 1", "pillbox receipt 9")] {
        let refused = verify_edited(&sent, &file, |text| text.replacen(from, to, 1)).ended(2);
        assert_eq!(refused.the("error")["code"], "receiptNotUnderstood", "{to}");
    }

    let revealed = sent.exported("json", &["--reveal"]);
    sent.receipt(&["verify", revealed.to_str().unwrap()]).ended(0);
    for (from, to) in [
        ("\"key\":\"rx/a.txt\"", "\"key\":\"rx/c.txt\""),
        ("\"name\":\"a.txt\"", "\"name\":\"z.txt\""),
        ("\"prefix\":\"rx/\"", "\"prefix\":\"\""),
        ("\"salt\":\"", "\"salt\":\"00"),
    ] {
        let found = verify_edited(&sent, &revealed, |text| text.replacen(from, to, 1)).ended(1);
        assert_eq!(answer(&found), "differs", "{to}");
    }
}

#[test]
fn an_edit_of_the_journal_is_found_wherever_it_is() {
    let sent = Sent::files(&["a.txt", "b.txt"]);
    let database = sent.database();
    assert_eq!(answer(&sent.verify().ended(0)), "agrees");
    for (table, key, column, value) in [
        ("upload_file", "seq", "size", "size + 1"),
        ("upload_file", "seq", "sha256", "sha256 || '0'"),
        ("upload_file", "seq", "key", "key || 'x'"),
        ("upload_file", "seq", "relative", "relative || 'x'"),
        ("upload_file", "seq", "version_id", "NULL"),
        ("upload_file", "seq", "state", "'alreadyThere'"),
        ("upload_file", "seq", "counts", "'[]'"),
        ("upload_file", "seq", "concerns", "'[\"twoPatients\"]'"),
        ("upload_file", "seq", "decision", "NULL"),
        ("upload", "seq", "finished_at", "finished_at + 1"),
        ("upload", "seq", "accept_unprotected", "'it is ours'"),
        ("upload", "seq", "salt", "zeroblob(32)"),
        ("upload_run", "run", "actor", "'nobody'"),
        ("upload_run", "run", "before", "replace(before, 'true', 'false')"),
        ("upload_identifier", "identifier", "occurrences", "occurrences + 1"),
    ] {
        let keep = format!("CREATE TEMP TABLE kept AS SELECT {key}, {column} FROM {table}");
        database.execute_batch(&format!("{keep}; UPDATE {table} SET {column} = {value}")).unwrap();
        let found = sent.verify().ended(1);
        assert_eq!(answer(&found), "differs", "{column} of {table}");
        let kept = format!("SELECT {column} FROM kept WHERE kept.{key} = {table}.{key}");
        database.execute_batch(&format!("UPDATE {table} SET {column} = ({kept}); DROP TABLE kept")).unwrap();
    }
    sent.verify().ended(0);

    database
        .execute_batch("DROP TRIGGER audit_is_not_edited; UPDATE audit SET actor = 'nobody' WHERE number = 1")
        .unwrap();
    assert_eq!(answer(&sent.verify().ended(1)), "recordBroken");
}

#[test]
fn what_became_of_each_object_is_told() {
    let sent = Sent::files(&["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]);
    let version = sent.object("head-object", "2.txt", &[])["VersionId"].as_str().unwrap().to_owned();
    sent.object("delete-object", "2.txt", &["--version-id", &version]);
    sent.overwrite("3.txt");
    sent.object("delete-object", "4.txt", &[]);
    let verified = sent.verify().ended(1);
    assert_eq!(answer(&verified), "agrees", "the receipt is true, the bucket is not as it was");
    assert_eq!(answers(&verified), [json!([2, "missing"]), json!([3, "replaced"]), json!([4, "hidden"])]);
    let summary = verified.the("summary");
    let counted = ["objects", "agree", "missing", "replaced", "hidden", "different", "unknown"];
    assert_eq!(counted.map(|name| summary[name].as_u64().unwrap()), [5, 2, 1, 1, 1, 0, 0]);
    let file = sent.exported("json", &[]);
    let by_file = sent.receipt(&["verify", file.to_str().unwrap()]).ended(1);
    assert_eq!(answers(&by_file), answers(&verified));
    let last: String = sent
        .database()
        .query_row("SELECT details FROM audit WHERE action = 'receipt.verified' ORDER BY number DESC", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(last.contains("\"missing\":1") && !last.contains("rx/"), "{last}");
}

#[test]
fn without_versions_what_was_overwritten_is_something_else() {
    let sandbox = RunningSandbox::with_sample();
    let aws = sandbox.aws();
    aws.run(&["s3api", "create-bucket", "--bucket", "without-versions"]);
    let all = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";
    let arguments = ["--bucket", "without-versions", "--public-access-block-configuration", all];
    aws.run(&[&["s3api", "put-public-access-block"], &arguments[..]].concat());
    let folder = folder(&sandbox, &["1.txt", "2.txt", "3.txt"]);
    let upload = send(&sandbox.pillbox(), &folder, "without-versions", &["--decide", "send", "--reason", "asked for"]);
    receipt(&sandbox.pillbox(), &["verify", &upload]).ended(0);
    let other = folder.join("3.txt");
    let put = ["s3api", "put-object", "--bucket", "without-versions", "--key", "rx/1.txt", "--body"];
    aws.run(&[&put, &[other.to_str().unwrap()][..]].concat());
    aws.run(&["s3api", "delete-object", "--bucket", "without-versions", "--key", "rx/2.txt"]);
    let verified = receipt(&sandbox.pillbox(), &["verify", &upload]).ended(1);
    assert_eq!(answers(&verified), [json!([1, "different"]), json!([2, "missing"])]);
}

#[test]
fn a_key_that_may_not_read_leaves_it_unknown_and_unknown_is_no_pass() {
    let sent = Sent::files(&["a.txt", "b.txt"]);
    sent.sandbox.deny(&["s3:GetObject", "s3:GetObjectVersion"]);
    let verified = sent.verify().ended(2);
    assert_eq!(answers(&verified), [json!([1, "unknown"]), json!([2, "unknown"])]);
    assert_eq!(verified.of_type("object")[0]["code"], "accessDenied");
    assert_eq!((&verified.the("summary")["agree"], &verified.the("summary")["unknown"]), (&json!(0), &json!(2)));
}

#[test]
fn no_name_and_no_value_leaves_unasked_and_asking_is_on_the_record() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let names = ["okafor-amara.txt", "=1+okafor.txt", "<img src=x onerror=alert(1)> okafor.txt", "a \"b\", okafor.txt"];
    let folder = folder(&sandbox, &names);
    fs::write(folder.join("@okafor.txt"), prescription(9) + &format!("Card: {CARD}\n")).unwrap();
    let upload = send(&sandbox.pillbox(), &folder, BUCKET, &["--decide", "send", "--reason", "asked for"]);
    let sent = Sent { sandbox, upload };
    let mut printed = vec![sent.receipt(&["show"]).stdout, sent.receipt(&[]).stdout, sent.verify().stdout];
    for form in ["html", "csv", "json"] {
        printed.push(fs::read_to_string(sent.exported(form, &[])).unwrap());
    }
    sent.overwrite("okafor-amara.txt");
    let changed = sent.verify().ended(1);
    printed.extend([changed.stdout, changed.stderr]);
    for text in &printed {
        let lower = text.to_lowercase();
        for name in ["okafor", "amara", "4111", "12/12/2012", "onerror"] {
            assert!(!lower.contains(name), "{name} in {text}");
        }
    }

    let html = fs::read_to_string(sent.exported("html", &["--reveal"])).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("default-src 'none'"), "{html}");
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt; okafor.txt"), "{html}");
    let order = ["Proof of those that are safe", "Who sent", "What was found", "Files that are safe"];
    let places = order.map(|part| html.find(part).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
    let csv = fs::read_to_string(sent.exported("csv", &["--reveal"])).unwrap();
    for cell in ["\r\n2,'=1+okafor.txt,", ",'@okafor.txt,", "\"a \"\"b\"\", okafor.txt\""] {
        assert!(csv.contains(cell), "{cell} in {csv}");
    }
    assert!(!csv.contains(",=") && !csv.contains(",@"), "{csv}");
    let json: Value = serde_json::from_str(&fs::read_to_string(sent.exported("json", &["--reveal"])).unwrap()).unwrap();
    assert_eq!(json["files"][1]["key"], "rx/=1+okafor.txt");
    let exports = "SELECT count(*) FROM audit WHERE action = 'receipt.exported' AND details ->> 'names' = ";
    let count =
        |names: u32| -> u32 { sent.database().query_row(&format!("{exports}{names}"), [], |row| row.get(0)).unwrap() };
    assert_eq!((count(0), count(1)), (3, 3));
    let there = sent.sandbox.folder().join("receipt-0.json");
    let again = ["export", &sent.upload, "--as", "json", "--to", there.to_str().unwrap()];
    assert_eq!(sent.receipt(&again).ended(2).the("error")["code"], "invalidInput", "what is there stays");
}

#[test]
fn an_upload_that_goes_on_gets_another_receipt_and_the_first_stays_true() {
    let sandbox = RunningSandbox::with_sample();
    let folder = folder(&sandbox, &["a.txt", "b.txt"]);
    let place = format!("s3://{BUCKET}/rx/");
    let pillbox = sandbox.pillbox();
    let arguments = ["upload", folder.to_str().unwrap(), &place, "--decide", "send", "--reason", "asked for"];
    pillbox.run(&arguments).ended(1);
    let upload = receipt(&pillbox, &[]).ended(0).the("upload")["upload"].as_str().unwrap().to_owned();
    let sent = Sent { sandbox, upload };
    let held = sent.receipt(&["show"]).ended(0).the("receipt");
    assert_eq!(held["state"], "held");
    assert_eq!(held["runs"][0]["before"]["gate"]["state"], "notShut", "what held it is told");
    let first = sent.exported("json", &[]);
    assert_eq!(sent.verify().ended(0).the("summary")["objects"], 0);

    sent.sandbox.shut();
    pillbox.run(&["upload", "--resume", "--decide", "send", "--reason", "asked for"]).ended(0);
    let done = sent.receipt(&["show"]).ended(0);
    let head = done.the("receipt");
    let runs = head["runs"].as_array().unwrap();
    let gates: Vec<&Value> = runs.iter().map(|run| &run["before"]["gate"]["state"]).collect();
    assert_eq!(gates, ["notShut", "shut"]);
    sent.verify().ended(0);
    assert_eq!(answer(&sent.receipt(&["verify", first.to_str().unwrap()]).ended(0)), "agrees");

    // As a program leaves it that was killed after the first receipt.
    sent.database().execute("UPDATE upload SET state = 'sending', finished_at = NULL", []).unwrap();
    assert_eq!(answer(&sent.verify().ended(2)), "unfinished");
}

#[test]
fn another_computer_can_compare_a_receipt_that_has_its_keys() {
    let sent = Sent::files(&["a.txt", "b.txt"]);
    let elsewhere = sent
        .sandbox
        .environment()
        .into_iter()
        .fold(Pillbox::new(&sent.sandbox.folder().join("elsewhere")), |pillbox, (name, value)| {
            pillbox.with(name, &value)
        });
    let with_keys = sent.exported("json", &["--reveal"]);
    let compared = receipt(&elsewhere, &["verify", with_keys.to_str().unwrap()]).ended(2);
    assert_eq!(answer(&compared), "notOnRecord", "what is not known is no pass");
    assert_eq!(compared.the("summary")["agree"], 2);
    let without = sent.exported("json", &[]);
    let refused = receipt(&elsewhere, &["verify", without.to_str().unwrap()]).ended(2);
    assert_eq!(refused.the("error")["code"], "invalidInput");
    sent.overwrite("a.txt");
    assert_eq!(
        answers(&receipt(&elsewhere, &["verify", with_keys.to_str().unwrap()]).ended(1)),
        [json!([1, "replaced"])]
    );
}
