//! Everything that a store can answer, or not answer, has its name.

use crate::support::{Answer, BUCKET, OWNER, Store, connect, identity, ok, refuse, refuse_saying, reply};
use pillbox_aws::{Client, ClientSettings, Credentials};
use pillbox_model::{ErrorCode, Failure, SettingState};

/// What reading a bucket's policy meets when the store answers like this.
async fn met(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Failure {
    let store = Store::start(move |_| answer()).await;
    store.client().await.read_setting(BUCKET, &SettingState::BucketPolicy(None)).await.unwrap_err()
}

#[tokio::test]
async fn every_refusal_of_the_service_has_its_name() {
    let bucket = Some(BUCKET);
    let read = Some("s3:GetBucketPolicy");
    for (status, code, expected, about) in [
        (403, "InvalidAccessKeyId", ErrorCode::WrongKey, None),
        (403, "SignatureDoesNotMatch", ErrorCode::WrongKey, None),
        (400, "InvalidToken", ErrorCode::WrongKey, None),
        (400, "ExpiredToken", ErrorCode::ExpiredToken, None),
        (403, "RequestTimeTooSkewed", ErrorCode::ClockSkewed, None),
        (404, "NoSuchBucket", ErrorCode::NoSuchBucket, bucket),
        (403, "AccessDenied", ErrorCode::AccessDenied, read),
        (501, "NotImplemented", ErrorCode::NotSupported, None),
        (405, "MethodNotAllowed", ErrorCode::NotSupported, None),
        (503, "SlowDown", ErrorCode::SlowDown, None),
        (503, "ServiceUnavailable", ErrorCode::SlowDown, None),
        (500, "InternalError", ErrorCode::ServiceError, Some("InternalError")),
        (409, "OperationAborted", ErrorCode::ServiceError, Some("OperationAborted")),
    ] {
        let failure = met(move || refuse(status, code)).await;
        assert_eq!((failure.code, failure.about.as_deref()), (expected, about), "{code}");
    }
}

#[tokio::test]
async fn answers_that_are_no_s3_errors_are_named_by_their_status() {
    for (status, expected) in [
        (403, ErrorCode::AccessDenied),
        (501, ErrorCode::NotSupported),
        (503, ErrorCode::SlowDown),
        (502, ErrorCode::ServiceError),
    ] {
        let failure = met(move || reply(status, &[], "<html>a proxy's page</html>")).await;
        assert_eq!(failure.code, expected, "{status}");
    }
}

#[tokio::test]
async fn another_region_is_named() {
    let region = [("x-amz-bucket-region", "eu-central-1")];
    let body = "<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'ap-southeast-2' is wrong</Message></Error>";
    let expected = Failure::about(ErrorCode::WrongRegion, "eu-central-1");
    assert_eq!(met(move || reply(400, &region, body)).await, expected);
    assert_eq!(met(move || reply(301, &region, "<Error><Code>PermanentRedirect</Code></Error>")).await, expected);
}

#[tokio::test]
async fn a_key_of_the_wrong_shape_is_not_another_region() {
    let said = "The authorization header is malformed; a non-empty Access Key (AKID) must be provided";
    assert_eq!(met(move || refuse_saying(400, "AuthorizationHeaderMalformed", said)).await.code, ErrorCode::WrongKey);
}

#[tokio::test]
async fn an_organisations_denial_is_told_apart() {
    let said =
        "User is not authorized to perform: s3:GetBucketPolicy with an explicit deny in a service control policy";
    let failure = met(move || refuse_saying(403, "AccessDenied", said)).await;
    assert_eq!(failure, Failure::about(ErrorCode::ManagedByOrganisation, "s3:GetBucketPolicy"));
}

#[tokio::test]
async fn the_action_that_was_refused_is_named_where_it_is_another() {
    let said =
        "User: arn:aws:iam::111122223333:user/clinic is not authorized to perform: kms:Decrypt on resource: key-1";
    let failure = met(move || refuse_saying(403, "AccessDenied", said)).await;
    assert_eq!(failure, Failure::about(ErrorCode::AccessDenied, "kms:Decrypt"));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_lost_connection() {
    assert_eq!(met(|| None).await.code, ErrorCode::ConnectionLost);
}

#[tokio::test]
async fn nobody_at_the_endpoint_is_no_network() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = connect(endpoint).await;
    assert_eq!(client.head_bucket(BUCKET).await.unwrap_err().code, ErrorCode::NoNetwork);
    assert_eq!(client.caller().await.unwrap_err().code, ErrorCode::NoNetwork);
}

#[tokio::test]
async fn a_refusal_that_passes_is_tried_again() {
    let store = Store::start({
        let asked = std::sync::atomic::AtomicUsize::new(0);
        move |_| match asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            0 => refuse(503, "SlowDown"),
            1 => None,
            _ => ok("{}"),
        }
    })
    .await;
    let policy = store.client().await.read_setting(BUCKET, &SettingState::BucketPolicy(None)).await.unwrap();
    assert_eq!(policy, SettingState::BucketPolicy(Some("{}".to_owned())));
    assert_eq!(store.seen().len(), 3);
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_named() {
    let store = Store::start(|_| reply(404, &[], "")).await;
    let failure = store.owned_client().await.head_bucket(BUCKET).await.unwrap_err();
    assert_eq!(failure, Failure::about(ErrorCode::NoSuchBucket, BUCKET));
}

#[tokio::test]
async fn a_bucket_elsewhere_is_named_with_its_region() {
    let store = Store::start(|_| reply(301, &[("x-amz-bucket-region", "eu-west-1")], "")).await;
    let failure = store.owned_client().await.head_bucket(BUCKET).await.unwrap_err();
    assert_eq!(failure, Failure::about(ErrorCode::WrongRegion, "eu-west-1"));
}

#[tokio::test]
async fn a_bucket_of_somebody_else_is_named() {
    let store = Store::start(|seen| match seen.header("x-amz-expected-bucket-owner") {
        Some(OWNER) => refuse(403, "AccessDenied"),
        _ => reply(200, &[], ""),
    })
    .await;
    let failure = store.owned_client().await.head_bucket(BUCKET).await.unwrap_err();
    assert_eq!(failure, Failure::about(ErrorCode::BucketOfAnotherAccount, BUCKET));
}

#[tokio::test]
async fn a_refused_head_is_asked_for_its_reason() {
    for (status, code, expected) in [
        (403, "AccessDenied", ErrorCode::AccessDenied),
        (403, "InvalidAccessKeyId", ErrorCode::WrongKey),
        (403, "SignatureDoesNotMatch", ErrorCode::WrongKey),
        (400, "ExpiredToken", ErrorCode::ExpiredToken),
        (403, "RequestTimeTooSkewed", ErrorCode::ClockSkewed),
    ] {
        let store = Store::start(move |seen| match seen.method.as_str() {
            "HEAD" => reply(status, &[], ""),
            _ => refuse(status, code),
        })
        .await;
        let client = store.owned_client().await;
        assert_eq!(client.head_bucket(BUCKET).await.unwrap_err().code, expected, "bucket: {code}");
        assert_eq!(client.head(BUCKET, "a.txt", None).await.unwrap_err().code, expected, "object: {code}");
    }
}

#[tokio::test]
async fn connecting_refuses_what_can_not_be_right() {
    let settings = |endpoint: &str, credentials| ClientSettings {
        credentials,
        region: Some("ap-southeast-2".to_owned()),
        endpoint_url: Some(endpoint.to_owned()),
        expected_owner: None,
        answer_limit: None,
    };
    let profile = || Credentials::Profile("no-such-profile-anywhere".to_owned());
    let far = Client::connect(settings("http://192.0.2.1:9000", profile())).await.unwrap_err();
    assert_eq!(far.code, ErrorCode::EndpointNotSecure);
    let unknown = Client::connect(settings("https://192.0.2.1", profile())).await.unwrap_err();
    assert_eq!(unknown, Failure::about(ErrorCode::UnknownProfile, "no-such-profile-anywhere"));
}

#[tokio::test]
async fn the_caller_is_asked_at_the_given_endpoint() {
    let store = Store::start(|_| identity()).await;
    let caller = store.client().await.caller().await.unwrap();
    assert_eq!((caller.account.as_str(), caller.arn.as_str()), (OWNER, "arn:aws:iam::111122223333:user/clinic"));
    assert!(store.seen()[0].text().contains("Action=GetCallerIdentity"));
}

#[tokio::test]
async fn a_store_without_sts_says_so() {
    for (status, code) in [(405, "MethodNotAllowed"), (501, "NotImplemented"), (404, "NoSuchBucket")] {
        let store = Store::start(move |_| refuse(status, code)).await;
        assert_eq!(store.client().await.caller().await.unwrap_err().code, ErrorCode::NotSupported, "{code}");
    }
}
