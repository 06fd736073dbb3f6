-- What is odd about a file as a whole (the model's JSON), and whether its text lies open in its bytes.
ALTER TABLE upload_file ADD COLUMN concerns TEXT NOT NULL DEFAULT '[]';
ALTER TABLE upload_file ADD COLUMN in_place INTEGER NOT NULL DEFAULT 1;
