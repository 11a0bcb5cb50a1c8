-- Cameos: likenesses of people, pets and things, who may ask for them, and which clips hold them.

CREATE TABLE cameos (
    id           INTEGER PRIMARY KEY,
    member_id    INTEGER NOT NULL REFERENCES members (id),   -- the owner
    kind         TEXT NOT NULL CHECK (kind IN ('person', 'pet', 'thing')),
    handle       TEXT UNIQUE COLLATE NOCASE, -- what people type after "@"; NULL once erased
    policy       TEXT NOT NULL DEFAULT 'me' CHECK (policy IN ('me', 'approved', 'space', 'everyone')),
    ask_first    INTEGER NOT NULL DEFAULT 0, -- 1: each clip by others waits for the owner's yes
    restrictions TEXT NOT NULL DEFAULT '',   -- in the owner's words
    looks        TEXT NOT NULL DEFAULT '',   -- "always with my red hat"
    space_id     INTEGER NOT NULL REFERENCES spaces (id),    -- where the owner is written to alone
    key_id       TEXT,                       -- of the vault; NULL once erased
    created_at   REAL NOT NULL,
    erased_at    REAL
) STRICT;
CREATE INDEX cameos_by_member ON cameos (member_id);

-- The likeness itself, sealed with the cameo's key before it was put into the media folder.
CREATE TABLE cameo_parts (
    cameo_id    INTEGER NOT NULL REFERENCES cameos (id),
    part        TEXT NOT NULL,              -- see storage/cameos.py
    media       TEXT NOT NULL REFERENCES media (sha256),
    PRIMARY KEY (cameo_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX cameo_parts_by_media ON cameo_parts (media);

-- Who was let in by the owner, and who is kept out.
CREATE TABLE cameo_people (
    cameo_id    INTEGER NOT NULL REFERENCES cameos (id),
    member_id   INTEGER NOT NULL REFERENCES members (id),
    standing    TEXT NOT NULL CHECK (standing IN ('granted', 'blocked')),
    since       REAL NOT NULL,
    PRIMARY KEY (cameo_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cameo_people_by_member ON cameo_people (member_id);

-- The spaces that "people in this space" means.
CREATE TABLE cameo_spaces (
    cameo_id    INTEGER NOT NULL REFERENCES cameos (id),
    space_id    INTEGER NOT NULL REFERENCES spaces (id),
    PRIMARY KEY (cameo_id, space_id)
) STRICT, WITHOUT ROWID;

-- What someone is asked to say and do before a camera; one a member, sealed with a key of its own,
-- which becomes the cameo's.
CREATE TABLE challenges (
    member_id   INTEGER PRIMARY KEY REFERENCES members (id),
    key_id      TEXT NOT NULL,
    sealed      BLOB NOT NULL,
    expires_at  REAL NOT NULL
) STRICT;

-- Which clips hold whom.
CREATE TABLE uses (
    clip_id     INTEGER NOT NULL REFERENCES clips (id),
    cameo_id    INTEGER NOT NULL REFERENCES cameos (id),
    place       INTEGER NOT NULL,           -- in the plan's cast, from 0
    PRIMARY KEY (clip_id, cameo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX uses_by_cameo ON uses (cameo_id, clip_id);

-- What owners were asked about one clip: its prompt before it is rendered, its draft before it is
-- posted.
CREATE TABLE approvals (
    clip_id     INTEGER NOT NULL REFERENCES clips (id),
    cameo_id    INTEGER NOT NULL REFERENCES cameos (id),
    stage       TEXT NOT NULL CHECK (stage IN ('prompt', 'draft')),
    state       TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'expired', 'withdrawn')),
    asked_at    REAL NOT NULL,
    expires_at  REAL NOT NULL,
    answered_at REAL,
    PRIMARY KEY (clip_id, cameo_id, stage)
) STRICT, WITHOUT ROWID;
CREATE INDEX approvals_asked ON approvals (clip_id) WHERE state = 'asked';
CREATE INDEX approvals_by_cameo ON approvals (cameo_id, clip_id);

-- Who allowed what to whom and when. Only added to; each entry's hash covers the one before it.
CREATE TABLE consents (
    id          INTEGER PRIMARY KEY,
    at          REAL NOT NULL,
    cameo_id    INTEGER NOT NULL,
    member_id   INTEGER,                    -- who did it; NULL for the clock
    act         TEXT NOT NULL,
    detail      TEXT NOT NULL,              -- JSON: ids and codes, never words or names
    previous    TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX consents_by_cameo ON consents (cameo_id, id);
CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON consents BEGIN
    SELECT RAISE(ABORT, 'consents are only added to');
END;
CREATE TRIGGER consents_are_never_removed BEFORE DELETE ON consents BEGIN
    SELECT RAISE(ABORT, 'consents are only added to');
END;

-- What a delivery is about: the clip for who asked, or a question to the owner of a cameo in it.
ALTER TABLE deliveries ADD COLUMN about TEXT NOT NULL DEFAULT 'clip'
    CHECK (about IN ('clip', 'prompt', 'draft'));
ALTER TABLE deliveries ADD COLUMN cameo_id INTEGER REFERENCES cameos (id);
