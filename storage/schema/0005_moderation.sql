-- Moderation: what waits for a moderator, what members report, who may not ask, and who did what.

-- Clips that are shown to nobody until a moderator lets them go.
CREATE TABLE holds (
    clip_id     INTEGER PRIMARY KEY REFERENCES clips (id),
    reason      TEXT NOT NULL,              -- see storage/holds.py
    detail      TEXT NOT NULL,              -- JSON: the figures that decided
    held_at     REAL NOT NULL,
    released_at REAL,
    released_by INTEGER REFERENCES members (id)
) STRICT;
CREATE INDEX holds_open ON holds (held_at) WHERE released_at IS NULL;

CREATE TABLE reports (
    id          INTEGER PRIMARY KEY,
    clip_id     INTEGER NOT NULL REFERENCES clips (id),
    member_id   INTEGER NOT NULL REFERENCES members (id),   -- who reported it
    space_id    INTEGER NOT NULL REFERENCES spaces (id),    -- where
    reason      TEXT NOT NULL,              -- see storage/reports.py
    words       TEXT NOT NULL,
    created_at  REAL NOT NULL,
    closed_at   REAL,
    UNIQUE (clip_id, member_id)
) STRICT;
CREATE INDEX reports_open ON reports (clip_id) WHERE closed_at IS NULL;

-- Warnings, and who may not ask for clips: in one space, or in the whole room where it is NULL.
CREATE TABLE sanctions (
    id          INTEGER PRIMARY KEY,
    member_id   INTEGER NOT NULL REFERENCES members (id),
    space_id    INTEGER REFERENCES spaces (id),
    kind        TEXT NOT NULL CHECK (kind IN ('warning', 'mute', 'ban')),
    words       TEXT NOT NULL,              -- what the member is told
    made_at     REAL NOT NULL,
    until       REAL,                       -- NULL for no end
    lifted_at   REAL,
    appeal      TEXT,                       -- the member's words against it
    appealed_at REAL
) STRICT;
CREATE INDEX sanctions_by_member ON sanctions (member_id);
CREATE INDEX sanctions_appealed ON sanctions (appealed_at) WHERE appealed_at IS NOT NULL AND lifted_at IS NULL;

-- Who did what to whom. Only added to; each entry's hash covers the one before it.
CREATE TABLE audit (
    id          INTEGER PRIMARY KEY,
    at          REAL NOT NULL,
    member_id   INTEGER,                    -- who did it; NULL for the room's own checks
    space_id    INTEGER,
    act         TEXT NOT NULL,
    detail      TEXT NOT NULL,              -- JSON: ids and codes
    previous    TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

-- Clips that nobody is shown yet: somebody is asked about them, or a moderator has to look.
CREATE VIEW awaited AS
    SELECT clip_id FROM approvals WHERE state = 'asked'
    UNION ALL
    SELECT clip_id FROM holds WHERE released_at IS NULL;
