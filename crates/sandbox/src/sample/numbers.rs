//! Numbers with valid check digits, from the formats' public rules.

/// A small deterministic source of digits (SplitMix64), so that the samples are always the same.
pub(crate) struct Digits {
    state: u64,
}

impl Digits {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64)).unwrap_or(0)
    }

    pub(crate) fn of<'t, T: ?Sized>(&mut self, table: &[&'t T]) -> &'t T {
        table[self.below(table.len())]
    }

    fn digits(&mut self, count: usize) -> Vec<u32> {
        (0..count).map(|_| u32::try_from(self.next() % 10).unwrap_or(0)).collect()
    }

    fn after(&mut self, start: &[u32], count: usize) -> Vec<u32> {
        [start, &self.digits(count)].concat()
    }
}

fn text(digits: &[u32]) -> String {
    digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The digit that makes the number with it pass ISO/IEC 7812-1 (Luhn).
fn luhn(digits: &[u32]) -> u32 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 if digit * 2 > 9 => digit * 2 - 9,
            0 => digit * 2,
            _ => *digit,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Medicare card number, `2999 99993 1`, with the reference number of the person on it.
pub(crate) fn medicare(random: &mut Digits) -> String {
    let mut digits = random.after(&[2, 9, 9], 5);
    digits.push(weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10);
    digits.push(1);
    let number = text(&digits);
    let person = random.below(4) + 1;
    format!("{} {} {} / {person}", &number[..4], &number[4..9], &number[9..])
}

/// Individual Healthcare Identifier, in fours.
pub(crate) fn ihi(random: &mut Digits) -> String {
    let mut digits = random.after(&[8, 0, 0, 3, 6, 0, 9, 9, 9, 9], 5);
    digits.push(luhn(&digits));
    let number = text(&digits);
    [&number[..4], &number[4..8], &number[8..12], &number[12..]].join(" ")
}

/// Australian prescriber number, seven digits.
pub(crate) fn prescriber(random: &mut Digits) -> String {
    let mut digits = random.after(&[2, 9, 9], 3);
    digits.push(weighted(&digits, &[1, 3, 7, 9, 1, 3]) % 10);
    text(&digits)
}

/// Australian tax file number, nine digits in threes.
pub(crate) fn tax_file_number(random: &mut Digits) -> String {
    loop {
        let mut digits = random.after(&[9, 9], 6);
        let sum = weighted(&digits, &[1, 4, 3, 7, 5, 8, 6, 9]);
        // The last digit weighs ten, which is minus one modulo eleven.
        if sum % 11 < 10 {
            digits.push(sum % 11);
            let number = text(&digits);
            return [&number[..3], &number[3..6], &number[6..]].join(" ");
        }
    }
}

/// National Health Index number of New Zealand; `Z` begins those that are for testing.
pub(crate) fn nhi(random: &mut Digits) -> String {
    const LETTERS: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    loop {
        let (second, third) = (random.below(24), random.below(24));
        let value = |at: usize| u32::try_from(at).unwrap_or(0) + 1;
        let digits = random.digits(3);
        let values = [&[24, value(second), value(third)], digits.as_slice()].concat();
        let remainder = weighted(&values, &[7, 6, 5, 4, 3, 2]) % 11;
        if remainder != 0 {
            let letters = [b'Z', LETTERS[second], LETTERS[third]].map(char::from);
            let check = (11 - remainder) % 10;
            return format!("{}{}{check}", String::from_iter(letters), text(&digits));
        }
    }
}

/// NHS number, printed 3-3-4; 999 begins those that are for testing.
pub(crate) fn nhs(random: &mut Digits) -> String {
    loop {
        let mut digits = random.after(&[9, 9, 9], 6);
        let check = 11 - weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        if check != 10 {
            digits.push(check % 11);
            let number = text(&digits);
            return [&number[..3], &number[3..6], &number[6..]].join(" ");
        }
    }
}

/// National Provider Identifier of the USA: Luhn over 80840 and the ten digits.
pub(crate) fn npi(random: &mut Digits) -> String {
    let digits = random.after(&[8, 0, 8, 4, 0, 1, 9, 9], 6);
    format!("{}{}", text(&digits[5..]), luhn(&digits))
}

/// Registration number of the Drug Enforcement Administration of the USA.
pub(crate) fn dea(random: &mut Digits, family_name: &str) -> String {
    let digits = random.digits(6);
    let odd = digits[0] + digits[2] + digits[4];
    let even = digits[1] + digits[3] + digits[5];
    let initial = family_name.chars().next().unwrap_or('9');
    format!("F{initial}{}{}", text(&digits), (odd + 2 * even) % 10)
}

/// Payment card number of sixteen digits, in fours, from a range that no public test number uses.
pub(crate) fn card(random: &mut Digits) -> String {
    let mut digits = random.after(&[4, 0, 0, 0, 0, 6], 9);
    digits.push(luhn(&digits));
    let number = text(&digits);
    [&number[..4], &number[4..8], &number[8..12], &number[12..]].join(" ")
}

/// BSB and account number.
pub(crate) fn bank_account(random: &mut Digits) -> (String, String) {
    let bsb = text(&random.after(&[0, 6, 2], 3));
    (format!("{}-{}", &bsb[..3], &bsb[3..]), text(&random.after(&[1], 7)))
}

/// Access key id and secret access key, of AWS's shape and nobody's.
pub(crate) fn access_key(random: &mut Digits) -> (String, String) {
    const ID: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const SECRET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let id = String::from_iter((0..16).map(|_| char::from(ID[random.below(32)])));
    let secret = (0..40).map(|_| char::from(SECRET[random.below(64)]));
    (format!("AKIA{id}"), secret.collect())
}
