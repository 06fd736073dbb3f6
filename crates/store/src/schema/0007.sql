-- What a receipt says beside the files of an upload. The salt is in the digests of names and keys that a receipt has in
-- their place, so that nobody who has a receipt alone can try names on it.
ALTER TABLE upload ADD COLUMN salt BLOB;
UPDATE upload SET salt = randomblob(32);

-- Each attempt to send, from its reading of the bucket's protection on. Without an end the program was killed.
CREATE TABLE upload_run (
    upload   INTEGER NOT NULL REFERENCES upload (seq),
    run      INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER,
    actor    TEXT NOT NULL,
    caller   TEXT,
    version  TEXT NOT NULL,
    look     TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT,
    PRIMARY KEY (upload, run)
) STRICT, WITHOUT ROWID;
