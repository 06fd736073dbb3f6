//! Bucket policies: what they open, what they shut, what is public, what is malformed.

use http::Method;

use crate::support::World;

fn policy(statement: &str) -> String {
    format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{statement}]}}")
}

const READ: &str = r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::practice/*"}"#;
const TLS_ONLY: &str = r#"{"Sid":"tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::practice","arn:aws:s3:::practice/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"},"NumericLessThanIfExists":{"s3:TlsVersion":"1.2"}}}"#;

async fn status(world: &World, statement: &str) -> String {
    world.put("/practice?policy", policy(statement)).await.expect(204);
    world.get("/practice?policyStatus").await.expect(200).element("IsPublic")
}

#[tokio::test]
async fn a_public_policy_opens_and_restriction_shuts_it() {
    let world = World::with_open_bucket("practice").await;
    world.put("/practice/a.txt", "script").await.expect(200);
    assert_eq!(status(&world, READ).await, "true");
    assert_eq!(world.unsigned("/practice/a.txt").await, 200);
    assert_eq!(world.unsigned("/practice").await, 403);
    assert_eq!(world.unsigned("/practice/absent").await, 403, "absence is not told");
    let restrict = "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true\
        </RestrictPublicBuckets></PublicAccessBlockConfiguration>";
    world.put("/practice?publicAccessBlock", restrict).await.expect(200);
    assert_eq!(world.unsigned("/practice/a.txt").await, 403);
    world.get("/practice/a.txt").await.expect(200);
    world.delete("/practice?policy").await.expect(204);
    world.get("/practice?policy").await.expect_error(404, "NoSuchBucketPolicy");
    world.get("/practice?policyStatus").await.expect_error(404, "NoSuchBucketPolicy");
}

#[tokio::test]
async fn a_public_policy_is_refused_where_it_is_blocked() {
    let world = World::new().await;
    world.put("/practice", "").await.expect(200);
    world.put("/practice?policy", policy(READ)).await.expect_error(403, "AccessDenied");
    world.put("/practice?policy", policy(TLS_ONLY)).await.expect(204);
    let shown = world.get("/practice?policy").await.expect(200);
    assert_eq!(shown.text(), policy(TLS_ONLY), "byte for byte");
}

#[tokio::test]
async fn tls_only_does_not_shut_the_sandboxs_own_users_out() {
    let world = World::with_open_bucket("practice").await;
    assert_eq!(status(&world, TLS_ONLY).await, "false");
    world.put("/practice/a.txt", "script").await.expect(200);
    assert_eq!(status(&world, &format!("{TLS_ONLY},{READ}")).await, "true");
    assert_eq!(world.unsigned("/practice/a.txt").await, 200);
}

#[tokio::test]
async fn a_deny_binds_the_owner_too() {
    let world = World::with_open_bucket("practice").await;
    let deny = r#"{"Effect":"Deny","Principal":"*","Action":["s3:GetBucketPublicAccessBlock","s3:put*"],"Resource":"arn:aws:s3:::practice*"}"#;
    assert_eq!(status(&world, deny).await, "false");
    world.get("/practice?publicAccessBlock").await.expect_error(403, "AccessDenied");
    world.put("/practice/a.txt", "script").await.expect_error(403, "AccessDenied");
    world.get("/practice?policy").await.expect(200);
    world.put("/practice?policy", policy(READ)).await.expect_error(403, "AccessDenied");
    world.delete("/practice?policy").await.expect(204);
    world.put("/practice/a.txt", "script").await.expect(200);
}

#[tokio::test]
async fn conditions_decide() {
    let world = World::with_open_bucket("practice").await;
    world.put("/practice/a.txt", "script").await.expect(200);
    world.put("/practice/x/b.txt", "script").await.expect(200);
    let with = |condition: &str| {
        format!(
            "{{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObject\",\
             \"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::practice\",\
             \"arn:aws:s3:::practice/*\"],\"Condition\":{condition}}}"
        )
    };
    let cases = [
        (r#"{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}"#, "false", 200),
        (r#"{"IpAddress":{"aws:SourceIp":["203.0.113.0/24","198.51.100.7"]}}"#, "false", 403),
        (r#"{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}"#, "true", 200),
        (r#"{"NotIpAddress":{"aws:SourceIp":"127.0.0.1"}}"#, "true", 403),
        (r#"{"StringEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}"#, "false", 403),
        (r#"{"StringLike":{"aws:SourceVpce":"vpce-*"}}"#, "true", 403),
        (r#"{"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1a2b3c4d"}}"#, "true", 200),
        (r#"{"Bool":{"aws:SecureTransport":true}}"#, "true", 200),
        (r#"{"NumericLessThan":{"s3:TlsVersion":1.2}}"#, "true", 403),
        (r#"{"Null":{"aws:PrincipalArn":"true"}}"#, "true", 200),
        (r#"{"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}"#, "true", 403),
        (r#"{"StringLike":{"aws:Referer":"https://example.org/*"}}"#, "true", 403),
    ];
    for (condition, public, expected) in cases {
        assert_eq!(status(&world, &with(condition)).await, public, "{condition}");
        assert_eq!(world.unsigned("/practice/a.txt").await, expected, "{condition}");
    }
    status(&world, &with(r#"{"StringEquals":{"s3:prefix":["x/"]}}"#)).await;
    assert_eq!(world.unsigned("/practice?list-type=2&prefix=x%2F").await, 200);
    assert_eq!(world.unsigned("/practice?list-type=2&prefix=").await, 403);
}

#[tokio::test]
async fn principals_and_complements_are_told_apart() {
    let world = World::with_open_bucket("practice").await;
    world.put("/practice/a.txt", "script").await.expect(200);
    let account = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"s3:*","Resource":"arn:aws:s3:::practice/*"}"#;
    assert_eq!(status(&world, account).await, "false");
    assert_eq!(world.unsigned("/practice/a.txt").await, 403);
    let service = r#"{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::practice/*"}"#;
    assert_eq!(status(&world, service).await, "false");
    let everybody = r#"{"Effect":"Allow","Principal":{"AWS":["*"]},"NotAction":"s3:Delete*","Resource":"arn:aws:s3:::practice/a.???"}"#;
    assert_eq!(status(&world, everybody).await, "true");
    assert_eq!(world.unsigned("/practice/a.txt").await, 200);
    let all_but = r#"{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::practice/*"}"#;
    assert_eq!(status(&world, all_but).await, "true");
    assert_eq!(world.unsigned("/practice/a.txt").await, 200);
}

#[tokio::test]
async fn what_is_no_policy_is_refused() {
    let world = World::with_open_bucket("practice").await;
    let malformed = [
        String::new(),
        "[]".to_owned(),
        "{".to_owned(),
        "{\"Version\":\"2012-10-17\"}".to_owned(),
        "{\"Version\":\"2013-01-01\",\"Statement\":[]}".to_owned(),
        policy(&READ.replace("Allow", "allow")),
        policy(&READ.replace("s3:GetObject", "ec2:Run")),
        policy(&READ.replace(":::practice", ":::other")),
        policy(&READ.replace("\"Principal\":\"*\",", "")),
        policy(&READ.replace("\"Principal\":\"*\"", "\"Principal\":\"nobody\"")),
        policy(&READ.replace("}", ",\"Condition\":{\"Wrong\":{\"a\":\"b\"}}}")),
        policy(&READ.replace("}", ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"x\"}}}")),
        policy(&READ.replace("}", ",\"Extra\":1}")),
        policy(&READ.replace("*\"}", &format!("{}\"}}", "x".repeat(20_480)))),
    ];
    for text in malformed {
        let answer = world.put("/practice?policy", text.clone()).await;
        assert_eq!(answer.status.as_u16(), 400, "{text}");
        if !text.is_empty() {
            assert_eq!(answer.element("Code"), "MalformedPolicy", "{text}");
        }
    }
    world.get("/practice?policy").await.expect_error(404, "NoSuchBucketPolicy");
}

#[tokio::test]
async fn deleting_many_is_decided_for_each_key() {
    let world = World::with_open_bucket("practice").await;
    for key in ["a", "keep"] {
        world.put(&format!("/practice/{key}"), "script").await.expect(200);
    }
    let deny =
        r#"{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::practice/keep"}"#;
    status(&world, deny).await;
    let body = "<Delete><Object><Key>a</Key></Object><Object><Key>keep</Key></Object></Delete>";
    let answer = world.call(Method::POST, "/practice?delete").body(body).send().await.expect(200);
    assert_eq!(answer.elements("Code"), ["AccessDenied"]);
    world.get("/practice/keep").await.expect(200);
    world.get("/practice/a").await.expect_error(404, "NoSuchKey");
}
