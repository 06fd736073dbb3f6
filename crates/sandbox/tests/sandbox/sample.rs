//! The sample bucket and the sample prescriptions.

use std::collections::HashSet;

use pillbox_sandbox::sample;

use crate::support::World;

fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        let units = rest.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        return String::from_utf16(&units.collect::<Vec<_>>()).unwrap();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[test]
fn the_prescriptions_are_what_they_are_meant_to_be() {
    let files = sample::prescriptions();
    assert!((36..=48).contains(&files.len()));
    assert_eq!(files, sample::prescriptions(), "the same each time");
    let names: HashSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), files.len());
    let neutral = |name: &&str| name.starts_with("rx-202611");
    assert_eq!(names.iter().filter(|name| !neutral(name)).count(), 2);
    assert!(names.contains("okafor-amara-20261118.txt"), "{names:?}");
    let texts: Vec<String> = files.iter().map(|file| decoded(&file.bytes)).collect();
    for one in ["card: 4", "BSB: ", "Tax file number: ", "aws_secret_access_key = "] {
        assert_eq!(texts.iter().filter(|text| text.contains(one)).count(), 1, "{one}");
    }
    for always in ["Name: ", "Rx: ", "Directions: ", "Repeats: ", "Prescriber: Dr "] {
        assert!(texts.iter().all(|text| text.contains(always)), "{always}");
    }
    let utf8 = |file: &&sample::SampleFile| std::str::from_utf8(&file.bytes).is_ok();
    assert_eq!(files.iter().filter(|file| file.bytes.starts_with(&[0xFF, 0xFE])).count(), 1);
    assert_eq!(files.iter().filter(|file| !utf8(file)).count(), 4);
}

fn luhn(digits: &str) -> bool {
    let digits = digits.chars().filter_map(|one| one.to_digit(10));
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    sum.is_multiple_of(10)
}

#[test]
fn the_check_digits_are_valid() {
    let texts: Vec<String> = sample::prescriptions().iter().map(|file| decoded(&file.bytes)).collect();
    let after = |label: &str| -> Vec<String> {
        let lines = texts.iter().flat_map(|text| text.lines());
        lines.filter_map(|line| line.strip_prefix(label)).map(str::to_owned).collect()
    };
    let digits = |text: &str| -> Vec<u32> { text.chars().filter_map(|one| one.to_digit(10)).collect() };
    let weighted = |digits: &[u32], weights: &[u32]| -> u32 {
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
    };
    for ihi in after("IHI: ") {
        assert!(ihi.starts_with("8003 60") && luhn(&ihi), "{ihi}");
    }
    for medicare in after("Medicare no: ") {
        let found = digits(&medicare);
        assert_eq!(weighted(&found, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10, found[8], "{medicare}");
    }
    for number in after("Prescriber number: ") {
        let found = digits(&number);
        assert_eq!(weighted(&found, &[1, 3, 7, 9, 1, 3]) % 10, found[6], "{number}");
    }
    for tfn in after("Tax file number: ") {
        assert_eq!(weighted(&digits(&tfn), &[1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11, 0, "{tfn}");
    }
    for nhs in after("NHS number: ") {
        assert_eq!(weighted(&digits(&nhs), &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11, 0, "{nhs}");
    }
    for npi in after("NPI: ") {
        assert!(luhn(&format!("80840{npi}")), "{npi}");
    }
    for dea in after("DEA number: ") {
        let found = digits(&dea);
        let sum = found[0] + found[2] + found[4] + 2 * (found[1] + found[3] + found[5]);
        assert_eq!(sum % 10, found[6], "{dea}");
    }
    let value = |letter: char| "ABCDEFGHJKLMNPQRSTUVWXYZ".find(letter).map(|at| u32::try_from(at).unwrap() + 1);
    for nhi in after("NHI: ") {
        let values: Vec<u32> = nhi.chars().filter_map(|one| one.to_digit(10).or_else(|| value(one))).collect();
        let remainder = weighted(&values, &[7, 6, 5, 4, 3, 2]) % 11;
        assert!(remainder != 0 && (11 - remainder) % 10 == values[6], "{nhi}");
    }
    let card = after("card: ").concat();
    assert!(luhn(&card[..19]), "{card}");
}

#[tokio::test]
async fn the_sample_bucket_is_open_and_holds_nothing_public() {
    let world = World::new().await;
    world.sandbox.add_sample().await.unwrap();
    let bucket = "/the-pain-killer-practice";
    let block = world.get(&format!("{bucket}?publicAccessBlock")).await.expect(200);
    assert_eq!(block.text().matches(">false<").count(), 4);
    let ownership = world.get(&format!("{bucket}?ownershipControls")).await.expect(200);
    assert_eq!(ownership.element("ObjectOwnership"), "ObjectWriter");
    world.get(&format!("{bucket}?policy")).await.expect_error(404, "NoSuchBucketPolicy");
    let versioning = world.get(&format!("{bucket}?versioning")).await.expect(200);
    assert_eq!(versioning.element("Status"), "Enabled");
    let notes = format!("{bucket}/inbox/old/reception-notes.txt");
    assert!(world.get(&notes).await.expect(200).text().contains("aws_secret_access_key"));
    assert_eq!(world.unsigned(&notes).await, 403);
    world.delete(&notes).await.expect(204);
    world.sandbox.add_sample().await.unwrap();
    world.get(&notes).await.expect_error(404, "NoSuchKey");
}

#[test]
fn the_prescriptions_are_written_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("samples");
    let paths = sample::write_to(&target).unwrap();
    assert_eq!(paths.len(), sample::prescriptions().len());
    std::fs::write(&paths[0], "mine").unwrap();
    sample::write_to(&target).unwrap();
    assert_eq!(std::fs::read(&paths[0]).unwrap(), b"mine");
}
