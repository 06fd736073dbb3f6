-- Uploads in parts that were begun for a file and neither completed nor aborted: the store keeps their parts, and charges
-- for them, until somebody does one of the two.
CREATE TABLE upload_parts (
    upload INTEGER NOT NULL REFERENCES upload (seq),
    number INTEGER NOT NULL,
    key    TEXT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;
