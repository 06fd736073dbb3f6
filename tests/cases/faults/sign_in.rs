//! A sign-in that expires in the middle.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pillbox_app::SectionKind;
use support::{Asked, Fate, Pillbox, Program, Proxy, Tally, on_a_terminal};

use super::{DESTINATION, Practice, ended_by};

const EXPIRED: Fate = Fate::Refused(400, "ExpiredToken");
const PROFILE: [&str; 2] = ["--profile", "practice"];

/// A profile whose credentials come from a program, which writes down each time that it is asked.
struct Profile {
    config: PathBuf,
    asked: PathBuf,
}

impl Profile {
    fn of(practice: &Practice) -> Self {
        let folder = practice.sandbox.folder();
        let (config, asked, program) = (folder.join("config"), folder.join("asked"), folder.join("credentials.sh"));
        let [_, (_, access_key), (_, secret_key), (_, region)] = practice.sandbox.environment();
        let credentials = format!(r#"{{"Version":1,"AccessKeyId":"{access_key}","SecretAccessKey":"{secret_key}"}}"#);
        fs::write(&program, format!("echo asked >> '{}'\necho '{credentials}'\n", asked.display())).unwrap();
        let process = format!("credential_process = sh {}", program.display());
        fs::write(&config, format!("[profile practice]\nregion = {region}\n{process}\n")).unwrap();
        Self { config, asked }
    }

    /// The command, without the keys in its environment, by way of a proxy.
    fn pillbox(&self, practice: &Practice, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Pillbox {
        Pillbox::new(practice.sandbox.pillbox().data_dir())
            .with("AWS_CONFIG_FILE", self.config.to_str().unwrap())
            .with("AWS_ENDPOINT_URL", Proxy::start(&practice.sandbox.endpoint(), script).endpoint())
    }
}

/// How often the program was asked for credentials.
fn times(asked: &Path) -> usize {
    fs::read_to_string(asked).map_or(0, |asked| asked.lines().count())
}

/// After ten files everything is refused, as long as the credentials were not looked for so often.
fn expires_until(asked: &Path, often: usize) -> impl Fn(&Asked) -> Fate + Send + Sync + 'static {
    let (asked, puts) = (asked.to_owned(), Tally::default());
    move |request| {
        let put = request.is_object("PUT");
        if (put && puts.add() >= 10 || puts.count() > 10) && times(&asked) < often { EXPIRED } else { Fate::Passed }
    }
}

#[test]
fn credentials_that_were_renewed_meanwhile_are_read_and_nobody_is_asked() {
    let practice = Practice::with(40);
    let profile = Profile::of(&practice);
    let pillbox = profile.pillbox(&practice, expires_until(&profile.asked, 2));
    let arguments = ["upload", practice.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl"];
    let outcome = pillbox.run(&[&arguments[..], &PROFILE].concat()).ended(0);
    assert!(!outcome.stderr.contains("press Enter"), "{outcome:?}");
    assert_eq!(times(&profile.asked), 2, "once at the start, and once for all files when they had expired");
    practice.all_is_there_once();
}

#[test]
fn who_is_at_the_terminal_is_asked_once_and_the_upload_goes_on() {
    let practice = Practice::with(40);
    let profile = Profile::of(&practice);
    // The first look after they have expired brings nothing: the person has yet to sign in.
    let pillbox = profile.pillbox(&practice, expires_until(&profile.asked, 3));
    let upload = [&["upload", practice.folder.to_str().unwrap(), DESTINATION], &PROFILE[..]].concat();
    let said = on_a_terminal(&pillbox.command(&upload), "press Enter");
    assert!(said.ends_with("exit 0"), "{said}");
    assert_eq!(said.matches("press Enter").count(), 1, "{said}");
    assert!(said.contains("aws sso login --profile practice"), "{said}");
    practice.all_is_there_once();
}

#[test]
fn where_nobody_can_be_asked_the_upload_ends_and_the_next_goes_on() {
    let practice = Practice::with(40);
    let profile = Profile::of(&practice);
    let pillbox = profile.pillbox(&practice, expires_until(&profile.asked, 9));
    let arguments = ["upload", practice.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl"];
    let outcome = pillbox.run(&[&arguments[..], &PROFILE].concat()).ended(2);
    assert_eq!(ended_by(&outcome), "expiredToken");
    practice.the_next_run_finishes();
}

#[test]
fn the_window_waits_until_a_person_says_that_they_have_signed_in() {
    let practice = Practice::with(40);
    let (puts, signed_in) = (Tally::default(), Arc::<AtomicBool>::default());
    let is_good = Arc::clone(&signed_in);
    let proxy = Proxy::start(&practice.sandbox.endpoint(), move |request| {
        let put = request.is_object("PUT");
        let expired = put && puts.add() >= 10 || puts.count() > 10;
        if expired && !is_good.load(Ordering::SeqCst) { EXPIRED } else { Fate::Passed }
    });
    let data = practice.sandbox.folder().join("window");
    let mut program = Program::open(&practice.sandbox, &data, proxy.endpoint());
    let upload = program.review(&practice.folder);
    program.wait(program.app.start_upload(&upload)).unwrap();
    program.asks_to_sign_in.wait_for(1);
    signed_in.store(true, Ordering::SeqCst);
    program.app.signed_in();
    program.wait_for_the_end();
    assert_eq!(program.files(&upload, SectionKind::Verified).len(), 40);
    assert_eq!(practice.sandbox.versions("prescriptions/2026/11/rx-").len(), 40, "each once");
}
