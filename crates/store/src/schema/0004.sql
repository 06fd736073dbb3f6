-- What a change is of: a bucket's settings, or one object (its keys stand in the plan). And the version of an object that
-- a step made.
ALTER TABLE change ADD COLUMN subject TEXT NOT NULL DEFAULT 'settings';
ALTER TABLE change_step ADD COLUMN version TEXT;
