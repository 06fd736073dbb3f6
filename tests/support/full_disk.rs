//! A disk that is full for one program, without the rights that a disk of one's own would take.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the library that makes a program find no room (`full_disk.c` says how it is told) into a folder.
pub fn full_disk(folder: &Path) -> PathBuf {
    let source = crate::repository().join("tests/support/full_disk.c");
    let library = folder.join("full_disk.so");
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source).arg("-ldl").status();
    assert!(built.expect("a C compiler, as the build of Pillbox needs one too").success());
    library
}
