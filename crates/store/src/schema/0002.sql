-- What a practice adds to the managed identifiers. Documents are the model's JSON.

CREATE TABLE custom_identifier (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- With a rowid: a list of words may be megabytes long.
CREATE TABLE allow_list (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
