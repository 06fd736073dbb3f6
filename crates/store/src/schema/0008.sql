-- What became of what: which bytes of this computer lie in a bucket, under which key and as what, and what decided it.
-- One row for each key that a file's path asks for, so that a comparison of a million files is a million look-ups by
-- primary key, and outlasts the uploads that wrote it.
CREATE TABLE sent_object (
    place       INTEGER NOT NULL REFERENCES scan_place (seq),
    wanted      TEXT NOT NULL,
    -- NULL where it lies under the very key that was wanted.
    key         TEXT,
    sha256      BLOB NOT NULL CHECK (length(sha256) = 32),
    -- NULL where it was sent as it was.
    sent_sha256 BLOB CHECK (length(sent_sha256) = 32),
    e_tag       TEXT NOT NULL,
    version     TEXT NOT NULL,
    look        INTEGER NOT NULL REFERENCES scan_look (seq),
    decision    TEXT,
    counts      TEXT NOT NULL,
    name_in_key INTEGER NOT NULL,
    PRIMARY KEY (place, wanted)
) STRICT, WITHOUT ROWID;

-- What an upload that compares found in the bucket; gone when the comparison is over.
CREATE TABLE listed_object (
    upload INTEGER NOT NULL REFERENCES upload (seq),
    key    TEXT NOT NULL,
    e_tag  TEXT NOT NULL,
    -- Whether a file of this computer is known to belong to it.
    is_ours INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (upload, key)
) STRICT, WITHOUT ROWID;

-- Folders whose files are taken as they come. A number is never given twice: uploads tell by it which folder they are of.
CREATE TABLE watch_folder (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    folder        TEXT NOT NULL,
    connection    TEXT,
    bucket        TEXT NOT NULL,
    prefix        TEXT NOT NULL,
    neutral_names INTEGER NOT NULL,
    is_on         INTEGER NOT NULL,
    since         INTEGER NOT NULL,
    last          TEXT
) STRICT;

-- In which row of the journal a watch folder's file was taken last.
CREATE TABLE watched_file (
    watch  INTEGER NOT NULL REFERENCES watch_folder (number),
    source TEXT NOT NULL,
    upload INTEGER NOT NULL REFERENCES upload (seq),
    number INTEGER NOT NULL,
    PRIMARY KEY (watch, source)
) STRICT, WITHOUT ROWID;

ALTER TABLE upload ADD COLUMN watch INTEGER;
