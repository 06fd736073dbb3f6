//! Linux: the XDG base directories, and what is mounted where.

use std::env;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The types of file systems whose files lie on another computer, as the kernel and FUSE name them.
const NETWORK: [&str; 30] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph-fuse",
    "fuse.curlftpfs",
    "fuse.davfs2",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.goofys",
    "fuse.gvfsd-fuse",
    "fuse.juicefs",
    "fuse.mount-s3",
    "fuse.onedriver",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "gfs2",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "orangefs",
    "smb2",
    "smb3",
    "smbfs",
];

pub(super) fn default_data_dir() -> Option<PathBuf> {
    data_dir(env::var_os("XDG_DATA_HOME").map(PathBuf::from), env::home_dir())
}

fn data_dir(set: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // A relative path, and so an empty one, is to be ignored (XDG Base Directory Specification 0.8).
    let base = set.filter(|path| path.is_absolute()).or_else(|| Some(home?.join(".local/share")))?;
    Some(base.join("pillbox"))
}

/// The type of the file system that the path lies on, where that is a network's. `path` has no links in it.
pub(super) fn network_file_system(path: &Path) -> Option<String> {
    // Without /proc there is nothing to go by.
    let mounts = std::fs::read("/proc/self/mountinfo").ok()?;
    let kind = file_system_of(&mounts, path)?;
    NETWORK.contains(&kind.as_str()).then_some(kind)
}

/// The type of the file system that `path` lies on, by a text as proc_pid_mountinfo(5) describes it.
fn file_system_of(mounts: &[u8], path: &Path) -> Option<String> {
    mounts
        .split(|byte| *byte == b'\n')
        .filter_map(mount)
        .filter(|(point, _)| path.starts_with(point))
        // Of several at one point the last one mounted covers the others.
        .max_by_key(|(point, _)| point.components().count())
        .map(|(_, kind)| kind)
}

/// Mount point and type of one line.
fn mount(line: &[u8]) -> Option<(PathBuf, String)> {
    let mut fields = line.split(|byte| *byte == b' ');
    let point = unescape(fields.by_ref().nth(4)?);
    let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
    Some((PathBuf::from(OsStr::from_bytes(&point)), String::from_utf8_lossy(kind).into_owned()))
}

/// Space, tab, line feed and backslash stand as a backslash and three octal digits.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..]) => {
                plain.push((a - b'0') * 64 + (b - b'0') * 8 + (c - b'0'));
                rest = tail;
            }
            _ => plain.push(*first),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_where_data_lies() {
        let of = |set: Option<&str>, home: Option<&str>| data_dir(set.map(PathBuf::from), home.map(PathBuf::from));
        let below_home = Some(PathBuf::from("/home/practice/.local/share/pillbox"));
        assert_eq!(of(Some("/data"), Some("/home/practice")), Some(PathBuf::from("/data/pillbox")));
        for ignored in [None, Some(""), Some("data")] {
            assert_eq!(of(ignored, Some("/home/practice")), below_home);
        }
        assert_eq!(of(None, None), None);
    }

    const MOUNTS: &[u8] = b"\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
28 27 0:40 / /home rw shared:7 master:2 - nfs4 server:/home rw
29 28 0:41 / /home/local rw - xfs /dev/vdb rw
30 27 0:42 / /mnt/the\\040share rw - cifs //server/share rw
31 27 0:43 / /covered rw - ext4 /dev/vdc rw
32 31 0:44 / /covered rw - fuse.sshfs host: rw
";

    fn of(path: &str) -> Option<String> {
        file_system_of(MOUNTS, Path::new(path))
    }

    #[test]
    fn the_nearest_mount_point_decides() {
        assert_eq!(of("/var/lib").as_deref(), Some("ext4"));
        assert_eq!(of("/home/practice").as_deref(), Some("nfs4"));
        assert_eq!(of("/home/local/practice").as_deref(), Some("xfs"));
        assert_eq!(of("/homestead").as_deref(), Some("ext4"));
    }

    #[test]
    fn a_mount_point_with_a_space_is_understood() {
        assert_eq!(of("/mnt/the share/pillbox").as_deref(), Some("cifs"));
    }

    #[test]
    fn the_last_mount_at_one_point_counts() {
        assert_eq!(of("/covered/x").as_deref(), Some("fuse.sshfs"));
    }

    #[test]
    fn every_network_type_of_the_example_is_refused() {
        for kind in ["nfs4", "cifs", "fuse.sshfs", "9p", "nfs", "smb3"] {
            assert!(NETWORK.contains(&kind), "{kind}");
        }
        assert!(!NETWORK.contains(&"ext4"));
    }
}
