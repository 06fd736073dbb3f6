-- How it is made sure that what lies in the bucket is what was sent: what was asked for, and what was done for a file (before
-- this was kept, the whole object was read back).
ALTER TABLE upload ADD COLUMN read_back TEXT NOT NULL DEFAULT 'whole';
ALTER TABLE upload_file ADD COLUMN proof TEXT;
-- What a person decided for one file where something else lies under its key.
ALTER TABLE upload_file ADD COLUMN on_conflict TEXT;
CREATE INDEX upload_file_by_proof ON upload_file (upload, proof, state) WHERE proof IS NOT NULL;
