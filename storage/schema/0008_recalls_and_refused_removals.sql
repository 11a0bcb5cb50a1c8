-- Posts that were being made when their clip was called off, and removals that a platform refused.

-- A message that may have been made, by a process that may have died since; it is to be found and
-- removed. Its delivery goes on under a fresh nonce.
CREATE TABLE recalls (
    nonce       TEXT PRIMARY KEY,           -- that the message would carry
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
    clip_id     INTEGER NOT NULL REFERENCES clips (id),
    space_id    INTEGER NOT NULL REFERENCES spaces (id),
    progress    TEXT,                       -- the message that showed progress: it may hold the clip
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     REAL NOT NULL DEFAULT 0     -- not before this time
) STRICT, WITHOUT ROWID;
CREATE INDEX recalls_by_delivery ON recalls (delivery_id);

ALTER TABLE posts ADD COLUMN removal_refused INTEGER NOT NULL DEFAULT 0;  -- how often
ALTER TABLE posts ADD COLUMN removal_next_at REAL NOT NULL DEFAULT 0;     -- not before this time
