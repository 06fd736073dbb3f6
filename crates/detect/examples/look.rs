#![allow(clippy::all, missing_docs, clippy::unwrap_used, clippy::print_stdout)]
use pillbox_detect::Engine;
use std::io::Read;
fn main() {
    let t = std::time::Instant::now();
    let engine = Engine::managed();
    let made = t.elapsed();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let only: Vec<&str> = args[0].split(',').filter(|s| !s.is_empty()).collect();
    let mut files = args[1..].to_vec();
    if files.is_empty() {
        files.push("-".into());
    }
    let mut bytes = 0usize;
    let mut time = std::time::Duration::ZERO;
    for f in &files {
        let mut b = Vec::new();
        if f == "-" {
            std::io::stdin().read_to_end(&mut b).unwrap();
        } else if let Ok(x) = std::fs::read(f) {
            b = x;
        }
        let text = String::from_utf8_lossy(&b);
        let mut d = Vec::new();
        let t = std::time::Instant::now();
        engine.scan(&text, &|| true, &mut d).unwrap();
        time += t.elapsed();
        bytes += text.len();
        if only.contains(&"QUIET") {
            continue;
        }
        for d in d {
            if !only.is_empty() && !only.contains(&d.identifier.as_str()) {
                continue;
            }
            let (s, e) = (d.place.start as usize, d.place.end as usize);
            let a = text.floor_char_boundary(s.saturating_sub(30));
            let z = text.ceil_char_boundary((e + 30).min(text.len()));
            println!(
                "{:14} {:3} [{}] kw={:?}   …{}…",
                d.identifier.as_str(),
                d.place.line,
                text[s..e].replace('\n', "⏎"),
                d.evidence.keyword,
                text[a..z].replace('\n', "⏎")
            );
        }
    }
    eprintln!("made in {made:?}, {bytes} bytes in {time:?}: {:.1} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
}
