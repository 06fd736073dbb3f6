//! What a connection finds in the environment and the shared AWS configuration files. Each case runs in a
//! process of its own, which sees the environment of the case alone.

use std::path::Path;
use std::process::{Command, Output};

use pillbox_aws::{Client, ClientSettings, Credentials, ProfileSummary, profiles};
use pillbox_model::{ErrorCode, Failure};

use crate::support::{OWNER, Store, identity};

/// Set in the process that runs the case itself.
const WITHIN: &str = "PILLBOX_AWS_CASE";

fn within() -> bool {
    std::env::var_os(WITHIN).is_some()
}

/// Runs the test `case` again, in a process with this home folder and these variables alone.
async fn alone(case: &str, home: &Path, variables: &[(&str, &str)]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("environment::{case}")]).env_clear();
    for kept in ["PATH", "SystemRoot", "LD_LIBRARY_PATH"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    command.env(WITHIN, case).env("HOME", home).env("USERPROFILE", home).envs(variables.iter().copied());
    let Output { status, stdout, stderr } =
        tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let said = [stdout, stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(status.success() && said.contains("1 passed"), "{said}");
}

fn home(config: &str, credentials: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    std::fs::write(home.path().join(".aws/credentials"), credentials).unwrap();
    home
}

async fn connect(credentials: Credentials) -> Result<Client, Failure> {
    let settings =
        ClientSettings { credentials, region: None, endpoint_url: None, expected_owner: None, answer_limit: None };
    Client::connect(settings).await
}

#[tokio::test]
async fn the_environment_gives_keys_region_and_endpoint() {
    if within() {
        let client = connect(Credentials::Environment).await.unwrap();
        assert_eq!(client.region(), "eu-north-1");
        assert_eq!(client.endpoint(), std::env::var("AWS_ENDPOINT_URL_S3").ok().as_deref());
        assert_eq!(client.caller().await.unwrap().account, OWNER);
        return;
    }
    let store = Store::start(|_| identity()).await;
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "example"),
        ("AWS_SESSION_TOKEN", "example-token"),
        ("AWS_REGION", "eu-north-1"),
        ("AWS_ENDPOINT_URL_S3", &store.endpoint()),
    ];
    alone("the_environment_gives_keys_region_and_endpoint", home("", "").path(), &variables).await;
    let seen = store.seen();
    assert_eq!(seen.len(), 1, "STS follows the endpoint that was given for S3");
    assert!(seen[0].header("authorization").unwrap().contains("AKIDENVIRONMENT/"));
    assert_eq!(seen[0].header("x-amz-security-token"), Some("example-token"));
}

#[tokio::test]
async fn an_endpoint_for_sts_is_its_own() {
    if within() {
        let client = connect(Credentials::Environment).await.unwrap();
        assert_eq!(client.caller().await.unwrap().account, OWNER);
        return;
    }
    let (s3, sts) = (Store::start(|_| None).await, Store::start(|_| identity()).await);
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "example"),
        ("AWS_ENDPOINT_URL", &s3.endpoint()),
        ("AWS_ENDPOINT_URL_STS", &sts.endpoint()),
    ];
    alone("an_endpoint_for_sts_is_its_own", home("", "").path(), &variables).await;
    assert_eq!((s3.seen().len(), sts.seen().len()), (0, 1));
}

const CONFIG: &str = "[default]\nregion = us-west-2\n[profile clinic]\nregion = ap-southeast-2\nendpoint_url = ";
const KEYS: &str = "[clinic]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = example\n[archive]\n";

#[tokio::test]
async fn a_profile_gives_keys_region_and_endpoint() {
    if within() {
        let client = connect(Credentials::Profile("clinic".to_owned())).await.unwrap();
        assert_eq!(client.region(), "ap-southeast-2");
        assert_eq!(client.caller().await.unwrap().account, OWNER);
        let profile = |name: &str, region: Option<&str>| ProfileSummary {
            name: name.to_owned(),
            region: region.map(str::to_owned),
        };
        let expected = [
            profile("archive", None),
            profile("clinic", Some("ap-southeast-2")),
            profile("default", Some("us-west-2")),
        ];
        assert_eq!(profiles().await, expected);
        return;
    }
    let store = Store::start(|_| identity()).await;
    let home = home(&format!("{CONFIG}{}\n", store.endpoint()), KEYS);
    // Keys of the environment give way to a profile that was chosen.
    let variables = [("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"), ("AWS_SECRET_ACCESS_KEY", "example")];
    alone("a_profile_gives_keys_region_and_endpoint", home.path(), &variables).await;
    assert!(store.seen()[0].header("authorization").unwrap().contains("AKIDPROFILE/"));
}

#[tokio::test]
async fn no_credentials_anywhere_are_named() {
    if within() {
        assert_eq!(connect(Credentials::Environment).await.unwrap_err().code, ErrorCode::NoCredentials);
        let keyless = connect(Credentials::Profile("archive".to_owned())).await.unwrap_err();
        assert_eq!(keyless.code, ErrorCode::NoCredentials);
        assert_eq!(
            connect(Credentials::Profile("elsewhere".to_owned())).await.unwrap_err(),
            Failure::about(ErrorCode::UnknownProfile, "elsewhere")
        );
        return;
    }
    alone("no_credentials_anywhere_are_named", home("", "[archive]\n").path(), &[]).await;
}

#[tokio::test]
async fn a_selected_profile_that_is_not_there_is_named() {
    if within() {
        let failure = connect(Credentials::Environment).await.unwrap_err();
        assert_eq!(failure, Failure::about(ErrorCode::UnknownProfile, "elsewhere"));
        return;
    }
    alone("a_selected_profile_that_is_not_there_is_named", home("", "").path(), &[("AWS_PROFILE", "elsewhere")]).await;
}

#[tokio::test]
async fn a_sign_on_that_has_expired_is_named() {
    if within() {
        let failure = connect(Credentials::Profile("sso".to_owned())).await.unwrap_err();
        assert_eq!(failure.code, ErrorCode::ExpiredToken);
        return;
    }
    let home = home(
        "[profile sso]\nsso_session = clinic\nsso_account_id = 111122223333\nsso_role_name = Uploads\nregion = us-east-1\n\
         [sso-session clinic]\nsso_region = us-east-1\nsso_start_url = https://clinic.example.org/start\n",
        "",
    );
    let cache = home.path().join(".aws/sso/cache");
    std::fs::create_dir_all(&cache).unwrap();
    // Tokens lie under the SHA-1 of the session's name.
    std::fs::write(
        cache.join("cdaaa12922c06f8fc0b262e949468467d689e400.json"),
        "{\"accessToken\":\"example\",\"expiresAt\":\"2020-01-01T00:00:00Z\",\"region\":\"us-east-1\",\
         \"startUrl\":\"https://clinic.example.org/start\"}",
    )
    .unwrap();
    alone("a_sign_on_that_has_expired_is_named", home.path(), &[]).await;
}

#[tokio::test]
async fn a_configured_endpoint_without_tls_is_refused() {
    if within() {
        assert_eq!(connect(Credentials::Environment).await.unwrap_err().code, ErrorCode::EndpointNotSecure);
        return;
    }
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "example"),
        ("AWS_ENDPOINT_URL", "http://192.0.2.1"),
    ];
    alone("a_configured_endpoint_without_tls_is_refused", home("", "").path(), &variables).await;
}

#[tokio::test]
async fn certificates_that_can_not_be_read_are_named() {
    if within() {
        let failure = connect(Credentials::Environment).await.unwrap_err();
        assert_eq!(failure, Failure::about(ErrorCode::InvalidInput, "AWS_CA_BUNDLE"));
        return;
    }
    let home = home("", "");
    let missing = home.path().join("missing.pem");
    let variables = [("AWS_CA_BUNDLE", missing.to_str().unwrap())];
    alone("certificates_that_can_not_be_read_are_named", home.path(), &variables).await;
}
