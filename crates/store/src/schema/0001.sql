-- Moments are milliseconds since 1970-01-01T00:00:00Z. Words and documents are the model's JSON.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE connection (
    seq  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

-- Append-only: `hash` covers the hash before it and every column of its own row.
CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- Where the log ends, so that cutting its end off is seen.
CREATE TABLE audit_head (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

INSERT INTO audit_head (one, number, hash) VALUES (1, 0, zeroblob(32));

CREATE TABLE change (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    connection TEXT NOT NULL,
    bucket     TEXT NOT NULL,
    plan       TEXT NOT NULL,
    state      TEXT NOT NULL,
    undo_of    INTEGER REFERENCES change (id),
    undone_by  INTEGER REFERENCES change (id)
) STRICT;

-- Without a code the step was written and read back.
CREATE TABLE change_step (
    change INTEGER NOT NULL REFERENCES change (id),
    step   INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    code   TEXT,
    PRIMARY KEY (change, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE upload (
    seq                INTEGER PRIMARY KEY,
    id                 TEXT NOT NULL UNIQUE,
    connection         TEXT NOT NULL,
    endpoint           TEXT,
    account_id         TEXT,
    bucket             TEXT NOT NULL,
    prefix             TEXT NOT NULL,
    roots              TEXT NOT NULL,
    state              TEXT NOT NULL,
    created_at         INTEGER NOT NULL,
    finished_at        INTEGER,
    on_conflict        TEXT NOT NULL,
    neutral_names      INTEGER NOT NULL,
    accept_unprotected TEXT
) STRICT;

CREATE INDEX upload_by_age ON upload (created_at, seq);

CREATE TABLE upload_file (
    seq         INTEGER PRIMARY KEY,
    upload      INTEGER NOT NULL REFERENCES upload (seq),
    number      INTEGER NOT NULL,
    source      TEXT NOT NULL,
    relative    TEXT NOT NULL,
    key         TEXT NOT NULL,
    size        INTEGER NOT NULL,
    state       TEXT NOT NULL,
    code        TEXT,
    skip        TEXT,
    counts      TEXT NOT NULL,
    name_in_key INTEGER NOT NULL,
    decision    TEXT,
    sha256      TEXT,
    sent_sha256 TEXT,
    e_tag       TEXT,
    version_id  TEXT,
    -- 0: a person should look at it; 1: it goes its way; 2: it is where it should be.
    attention   INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN state IN ('needsDecision', 'conflict', 'failed', 'unreadable', 'storedNotReadBack') THEN 0
            WHEN state IN ('verified', 'alreadyThere', 'leftOut') THEN 2
            ELSE 1
        END
    ) VIRTUAL,
    UNIQUE (upload, number),
    UNIQUE (upload, source)
) STRICT;

-- The size is there so that the totals of an upload come from the index alone.
CREATE INDEX upload_file_by_state ON upload_file (upload, state, number, size);
CREATE INDEX upload_file_by_attention ON upload_file (upload, attention, number, state);

-- The sum of all `upload_file.counts`, kept up with them in the same transaction.
CREATE TABLE upload_identifier (
    upload      INTEGER NOT NULL REFERENCES upload (seq),
    identifier  TEXT NOT NULL,
    category    TEXT NOT NULL,
    disposition TEXT NOT NULL,
    files       INTEGER NOT NULL,
    occurrences INTEGER NOT NULL,
    PRIMARY KEY (upload, identifier, category, disposition)
) STRICT, WITHOUT ROWID;

-- Narrow, so that filtering and sorting never read a document.
CREATE TABLE finding (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    category   TEXT NOT NULL,
    type       TEXT NOT NULL,
    severity   INTEGER NOT NULL,
    bucket     TEXT,
    key        TEXT,
    identifier TEXT,
    state      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Title, type, bucket, key and identifier in lower case.
    words      TEXT NOT NULL
) STRICT;

CREATE INDEX finding_by_place ON finding (bucket, key);
CREATE INDEX finding_by_severity ON finding (severity, updated_at);
CREATE INDEX finding_by_update ON finding (updated_at);
CREATE INDEX finding_by_type ON finding (type);

CREATE TABLE finding_body (
    seq  INTEGER PRIMARY KEY REFERENCES finding (seq),
    body TEXT NOT NULL
) STRICT;
