use pillbox_model::{BucketSnapshot, CheckId, Read, Reason, Verdict};
use pillbox_posture::{gate, judge, plan, plan_all};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::bucket::{in_order, report};

/// A bucket whose policy alone decides.
fn bare(policy: &str) -> BucketSnapshot {
    BucketSnapshot {
        account_block: Read::Known(None),
        bucket_block: Read::Known(None),
        policy: Read::Known(Some(policy.to_owned())),
        policy_is_public: Read::Known(false),
        ..in_order()
    }
}

fn verdict(policy: &Value) -> Verdict {
    report(&bare(&policy.to_string()), CheckId::PublicPolicy).verdict
}

fn allow(principal: Value, condition: Option<Value>) -> Value {
    let mut statement = json!({ "Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "*" });
    if let Some(condition) = condition {
        statement["Condition"] = condition;
    }
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

#[test]
fn everyone_is_public_however_it_is_written() {
    for principal in [
        json!("*"),
        json!({ "AWS": "*" }),
        json!({ "AWS": ["111122223333", "*"] }),
        json!({ "AWS": "arn:aws:iam::111122223333:role/*" }),
        json!({ "AWS": "${aws:username}" }),
        json!({ "Federated": "accounts.google.com" }),
    ] {
        assert_eq!(verdict(&allow(principal.clone(), None)), Verdict::Fail, "{principal}");
    }
    let single = json!({ "Statement": allow(json!("*"), None)["Statement"][0] });
    assert_eq!(verdict(&single), Verdict::Fail);
    let all_but = json!({ "Statement": { "Effect": "Allow", "NotPrincipal": { "AWS": "111122223333" },
        "NotAction": "s3:DeleteBucket", "NotResource": "arn:aws:s3:::x" } });
    assert_eq!(verdict(&all_but), Verdict::Fail);
}

#[test]
fn who_is_named_is_not_the_public() {
    for principal in [
        json!({ "AWS": "111122223333" }),
        json!({ "AWS": ["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:user/x"] }),
        json!({ "Service": "logging.s3.amazonaws.com" }),
        json!({ "CanonicalUser": "79a59df900b949e55d96a1e698fbaced" }),
        json!({ "Federated": "arn:aws:iam::111122223333:saml-provider/x" }),
    ] {
        assert_eq!(verdict(&allow(principal.clone(), None)), Verdict::Pass, "{principal}");
    }
    let deny = json!({ "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" } });
    assert_eq!(verdict(&deny), Verdict::Pass);
}

#[test]
fn a_condition_limits_by_fixed_values_of_the_right_keys() {
    for condition in [
        json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } }),
        json!({ "StringLike": { "AWS:sourcevpce": ["vpce-1", "vpce-2"] } }),
        json!({ "ArnLike": { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:topic" } }),
        json!({ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"] } }),
        json!({ "StringEquals": { "aws:SourceAccount": 111122223333_u64 } }),
        json!({ "StringLike": { "s3:DataAccessPointArn": "arn:aws:s3:us-west-2:111122223333:accesspoint/*" } }),
        json!({ "Bool": { "aws:SecureTransport": "true" }, "StringEquals": { "aws:SourceVpc": "vpc-1" } }),
    ] {
        assert_eq!(verdict(&allow(json!("*"), Some(condition.clone()))), Verdict::Pass, "{condition}");
    }
}

#[test]
fn a_condition_that_does_not_limit_leaves_the_policy_public() {
    for condition in [
        json!({}),
        json!({ "StringLike": { "aws:SourceVpc": "vpc-*" } }),
        json!({ "StringLike": { "aws:SourceVpc": "vpc-?" } }),
        json!({ "StringEquals": { "aws:SourceVpc": ["vpc-1", "*"] } }),
        json!({ "StringEquals": { "aws:SourceVpc": [] } }),
        json!({ "StringEquals": { "aws:SourceAccount": "${aws:PrincipalAccount}" } }),
        json!({ "StringNotEquals": { "aws:SourceVpc": "vpc-1" } }),
        json!({ "StringEqualsIfExists": { "aws:SourceVpc": "vpc-1" } }),
        json!({ "ForAllValues:StringEquals": { "aws:SourceVpc": "vpc-1" } }),
        json!({ "Null": { "aws:SourceVpc": "false" } }),
        json!({ "StringEquals": { "aws:Referer": "https://example.org" } }),
        json!({ "StringLike": { "aws:userid": "AROAEXAMPLE:*" } }),
        json!({ "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } }),
        json!({ "IpAddress": { "aws:SourceIp": ["192.0.2.0/24", "8.0.0.0/7"] } }),
        json!({ "IpAddress": { "aws:SourceIp": "2001::/31" } }),
        json!({ "IpAddress": { "aws:SourceIp": "192.0.2.0/33" } }),
        json!({ "NotIpAddress": { "aws:SourceIp": "192.0.2.0/24" } }),
        json!({ "StringLike": { "s3:DataAccessPointArn": "arn:aws:s3:*:*:accesspoint/x" } }),
    ] {
        assert_eq!(verdict(&allow(json!("*"), Some(condition.clone()))), Verdict::Fail, "{condition}");
    }
}

#[test]
fn one_public_statement_is_enough_and_its_actions_are_told() {
    let policy = json!({ "Statement": [
        { "Effect": "Strange" },
        { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:PutObject", "Resource": "*" },
        { "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*" },
        { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" },
    ] });
    let bucket = BucketSnapshot { policy_is_public: Read::Known(true), ..bare(&policy.to_string()) };
    let actions = vec!["s3:GetObject".to_owned(), "s3:ListBucket".to_owned()];
    assert_eq!(report(&bucket, CheckId::PublicPolicy).reason, Reason::PolicyPublic { actions });
}

/// Statements that S3 calls public, in any legal shape, with conditions that do not limit them.
fn public_statement() -> impl Strategy<Value = Value> {
    let principal = prop::sample::select(vec![
        ("Principal", json!("*")),
        ("Principal", json!({ "AWS": "*" })),
        ("Principal", json!({ "AWS": ["*", "arn:aws:iam::111122223333:root"] })),
        ("Principal", json!({ "Service": "sns.amazonaws.com", "AWS": "*" })),
        ("NotPrincipal", json!({ "AWS": "111122223333" })),
    ]);
    let action = prop::sample::select(vec![
        ("Action", json!("s3:GetObject")),
        ("Action", json!(["s3:*", "s3:GetObject"])),
        ("NotAction", json!(["s3:DeleteBucket"])),
    ]);
    let key = prop::sample::select(vec!["aws:SourceVpc", "aws:SourceAccount", "aws:PrincipalOrgID", "AWS:SOURCEARN"]);
    let open = prop_oneof!["[a-z*?]{0,4}[*?][a-z]{0,4}", "[a-z]{0,3}\\$\\{aws:[a-z]{1,8}\\}",];
    let values = (open, proptest::collection::vec("[a-z0-9-]{1,8}", 0..3)).prop_shuffle_values();
    let wild = (prop::sample::select(vec!["StringLike", "StringEquals", "ArnLike"]), key.clone(), values)
        .prop_map(|(operator, key, values)| json!({ operator: { key: values } }));
    let other = prop::sample::select(vec![
        json!({ "IpAddress": { "aws:SourceIp": "0.0.0.0/1" } }),
        json!({ "StringNotLike": { "aws:SourceVpc": "vpc-1" } }),
        json!({ "Bool": { "aws:SecureTransport": "true" } }),
        json!({ "NumericLessThan": { "s3:max-keys": 10 } }),
    ]);
    let condition = proptest::option::of(prop_oneof![wild, other]);
    (principal, action, condition).prop_map(|(principal, action, condition)| {
        let mut statement = json!({ "Effect": "Allow", "Resource": "arn:aws:s3:::b/*" });
        statement[principal.0] = principal.1;
        statement[action.0] = action.1;
        if let Some(condition) = condition {
            statement["Condition"] = condition;
        }
        statement
    })
}

/// One value that leaves it open, somewhere among others.
trait ShuffleValues {
    fn prop_shuffle_values(self) -> BoxedStrategy<Vec<String>>;
}

impl<S: Strategy<Value = (String, Vec<String>)> + 'static> ShuffleValues for S {
    fn prop_shuffle_values(self) -> BoxedStrategy<Vec<String>> {
        self.prop_map(|(one, mut others)| {
            others.push(one);
            others
        })
        .prop_shuffle()
        .boxed()
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "Statement",
        "Effect",
        "Allow",
        "Deny",
        "Principal",
        "NotPrincipal",
        "AWS",
        "Service",
        "Action",
        "NotAction",
        "Resource",
        "Condition",
        "Bool",
        "aws:SecureTransport",
        "false",
        "*",
        "s3:*",
        "Sid",
        "IpAddress",
        "aws:SourceIp",
        "10.0.0.0/8",
        "/",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        words.clone().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((words.clone(), inner), 0..6)
                .prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn what_s3_calls_public_is_never_called_private(
        statement in public_statement(),
        others in proptest::collection::vec(public_statement(), 0..2),
        single in any::<bool>(),
    ) {
        let statements = match (single, others) {
            (true, _) => statement,
            (false, mut others) => {
                others.push(json!({ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" }));
                others.push(statement);
                Value::from(others)
            }
        };
        prop_assert_eq!(verdict(&json!({ "Statement": statements })), Verdict::Fail);
    }

    #[test]
    fn any_policy_has_an_answer(policy in any_json(), wrap in any::<bool>()) {
        let policy = if wrap { json!({ "Statement": policy }) } else { policy };
        let bucket = bare(&policy.to_string());
        prop_assert_eq!(judge(&bucket).len(), CheckId::ALL.len());
        let _ = (gate(&bucket), plan_all(&bucket), plan(&bucket, &[CheckId::TlsOnly]));
    }

    #[test]
    fn any_text_has_an_answer(policy in ".{0,200}") {
        let _ = judge(&bare(&policy));
    }
}

#[test]
fn a_policy_nested_without_end_has_an_answer() {
    let deep = format!("{{\"Statement\":{}", "[".repeat(100_000));
    assert_eq!(report(&bare(&deep), CheckId::PublicPolicy).verdict, Verdict::Unknown);
}
