-- What was looked into where it lies, so that only what is new or changed is read again.

-- An empty endpoint is Amazon's own or this computer's; an empty account is one that the store does not tell.
CREATE TABLE scan_place (
    seq        INTEGER PRIMARY KEY,
    bucket     TEXT NOT NULL,
    account_id TEXT NOT NULL,
    endpoint   TEXT NOT NULL,
    UNIQUE (bucket, account_id, endpoint)
) STRICT;

-- What a look depends on, as digests.
CREATE TABLE scan_look (
    seq    INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE
) STRICT;

-- An empty version is that of an object that was stored without versioning.
CREATE TABLE scanned_object (
    place             INTEGER NOT NULL REFERENCES scan_place (seq),
    key               TEXT NOT NULL,
    version           TEXT NOT NULL,
    e_tag             TEXT NOT NULL,
    size              INTEGER NOT NULL,
    look              INTEGER NOT NULL REFERENCES scan_look (seq),
    at                INTEGER NOT NULL,
    skip              TEXT,
    counts            TEXT NOT NULL,
    concerns          TEXT NOT NULL,
    name_is_sensitive INTEGER NOT NULL,
    PRIMARY KEY (place, key, version)
) STRICT, WITHOUT ROWID;

-- Scans that have not come to their end: everything up to the key `after` is in the totals.
CREATE TABLE scan_job (
    place  INTEGER NOT NULL REFERENCES scan_place (seq),
    scope  TEXT NOT NULL,
    look   INTEGER NOT NULL REFERENCES scan_look (seq),
    after  TEXT NOT NULL,
    at     INTEGER NOT NULL,
    totals TEXT NOT NULL,
    PRIMARY KEY (place, scope)
) STRICT, WITHOUT ROWID;
