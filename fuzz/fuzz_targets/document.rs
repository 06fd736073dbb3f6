#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pillbox_fuzz::document(data));
