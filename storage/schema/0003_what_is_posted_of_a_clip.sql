-- What is posted of a clip: its master under its maker's mark. NULL where that is the master itself.

ALTER TABLE clips ADD COLUMN posted TEXT REFERENCES media (sha256);
CREATE INDEX clips_by_posted ON clips (posted) WHERE posted IS NOT NULL;
