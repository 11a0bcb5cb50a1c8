-- What a clip starts from, what its render has to say, and how far a space was read.

ALTER TABLE clips ADD COLUMN picture TEXT REFERENCES media (sha256);  -- it starts from this one
ALTER TABLE clips ADD COLUMN notes TEXT;    -- JSON: what its render tells the member; see storage/notes.py
CREATE INDEX clips_by_picture ON clips (picture) WHERE picture IS NOT NULL;

-- The platform's id of the newest message there that was dealt with; NULL for none yet.
ALTER TABLE spaces ADD COLUMN seen TEXT;
