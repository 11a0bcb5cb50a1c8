-- What may be asked for: how strict a space is, what was refused there, and what rights' owners allow.

ALTER TABLE spaces ADD COLUMN strictness TEXT NOT NULL DEFAULT 'standard'
    CHECK (strictness IN ('standard', 'strict', 'adult'));

-- JSON: what the check of its words found; see storage/rules.py. NULL for clips from before it.
ALTER TABLE clips ADD COLUMN decision TEXT;

CREATE TABLE refusals (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,       -- what people type to appeal
    member_id   INTEGER NOT NULL REFERENCES members (id),
    space_id    INTEGER NOT NULL REFERENCES spaces (id),
    request_key TEXT NOT NULL UNIQUE,       -- the platform's id of the request: asked again, same refusal
    rule        TEXT NOT NULL,
    because     TEXT,                       -- the words that decided; NULL after 30 days
    words       TEXT,                       -- as the member typed them; NULL after 30 days
    created_at  REAL NOT NULL,
    appealed_at REAL,
    appeal      TEXT                        -- the member's words against it; NULL after 30 days
) STRICT;
CREATE INDEX refusals_by_member ON refusals (member_id, created_at);
CREATE INDEX refusals_with_words ON refusals (created_at) WHERE words IS NOT NULL;
CREATE INDEX refusals_appealed ON refusals (space_id, appealed_at) WHERE appealed_at IS NOT NULL;

-- What the owners of characters and brands allow: append-only, the last line about a name decides.
CREATE TABLE rights (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    allowed     INTEGER NOT NULL,           -- 0 where it was taken back
    "by"        TEXT NOT NULL,
    at          REAL NOT NULL
) STRICT;
CREATE TRIGGER rights_are_not_changed BEFORE UPDATE ON rights
BEGIN
    SELECT raise(ABORT, 'the record of rights is append-only');
END;
CREATE TRIGGER rights_are_not_deleted BEFORE DELETE ON rights
BEGIN
    SELECT raise(ABORT, 'the record of rights is append-only');
END;
