//! Signatures, the token service, and the data directory's lock.

use http::Method;
use pillbox_sandbox::{Sandbox, SandboxError};
use time::{Duration, OffsetDateTime};

use crate::support::{ACCOUNT, Signer, World, options};

const ASK: &str = "Action=GetCallerIdentity&Version=2011-06-15";
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

#[tokio::test]
async fn signatures_that_do_not_fit_are_refused() {
    let world = World::with_open_bucket("practice").await;
    let with = |signer| world.call(Method::GET, "/practice").signer(signer).send();
    with(Signer { secret_key: "wrong", ..Signer::default() }).await.expect_error(403, "SignatureDoesNotMatch");
    with(Signer { access_key: "AKIANOBODY", ..Signer::default() }).await.expect_error(403, "InvalidAccessKeyId");
    for hours in [-1, 1] {
        let time = OffsetDateTime::now_utc() + Duration::hours(hours);
        let answer = with(Signer { time, ..Signer::default() }).await;
        let code = answer.element("Code");
        assert_eq!((answer.status.as_u16(), code.as_str()), (403, "RequestTimeTooSkewed"));
    }
}

#[tokio::test]
async fn the_token_service_knows_who_asks() {
    let world = World::new().await;
    let sts = |body: &'static str, signer| {
        let call = world.call(Method::POST, "/").header("content-type", FORM).body(body);
        call.signer(signer).send()
    };
    let signer = || Signer { service: "sts", ..Signer::default() };
    let answer = sts(ASK, signer()).await.expect(200);
    assert_eq!(answer.element("Account"), ACCOUNT);
    assert_eq!(answer.element("Arn"), format!("arn:aws:iam::{ACCOUNT}:user/sandbox"));
    assert!(answer.element("UserId").starts_with("AIDA"));
    let wrong = sts(ASK, Signer { secret_key: "wrong", ..signer() }).await;
    let wrong = wrong.expect_error(403, "SignatureDoesNotMatch");
    assert!(wrong.text().starts_with("<ErrorResponse"), "{}", wrong.text());
    sts("Action=AssumeRole", signer()).await.expect_error(400, "InvalidAction");
    let unsigned = world.call(Method::POST, "/").header("content-type", FORM).body(ASK);
    unsigned.unsigned().send().await.expect(403);
}

#[tokio::test]
async fn a_data_directory_has_one_sandbox() {
    let world = World::new().await;
    let second = Sandbox::start(options(&world.folder)).await;
    assert!(matches!(second, Err(SandboxError::InUse(_))));
    let world = world.restart().await;
    assert_eq!(world.sandbox.account_id(), ACCOUNT);
    assert_eq!(world.sandbox.region(), "ap-southeast-2");
    let mut wrong = options(&world.folder);
    wrong.account_id = "12".to_owned();
    assert!(matches!(Sandbox::start(wrong).await, Err(SandboxError::Options(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn the_data_directory_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    let mode = std::fs::metadata(world.folder.path().join("data")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
