-- Asked for each time an upload is shown: without these, each of a hundred thousand rows would be read for it.
CREATE INDEX upload_file_by_name_in_key ON upload_file (upload, name_in_key) WHERE name_in_key;
CREATE INDEX upload_file_by_concern ON upload_file (upload, state, concerns) WHERE concerns <> '[]';
