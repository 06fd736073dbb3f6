-- How it is made sure that what lies in the bucket is what was sent: what was asked for, and what was done for a file (before
-- this was kept, the whole object was read back).
ALTER TABLE upload ADD COLUMN read_back TEXT NOT NULL DEFAULT 'whole';
ALTER TABLE upload_file ADD COLUMN proof TEXT;
CREATE INDEX upload_file_by_proof ON upload_file (upload, proof, state) WHERE proof IS NOT NULL;
