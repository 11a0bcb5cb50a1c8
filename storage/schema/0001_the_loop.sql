-- The loop: who asked, where, for which clip, what an engine does about it, and what is owed where.
-- Times are UTC seconds. Sizes are bytes. Ids of platforms are text, as the platform writes them.

CREATE TABLE members (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    language    TEXT NOT NULL,
    created_at  REAL NOT NULL
) STRICT;

-- One person may have several accounts; linking moves them to one member.
CREATE TABLE accounts (
    platform    TEXT NOT NULL,
    account     TEXT NOT NULL,              -- the platform's id of the person
    member_id   INTEGER NOT NULL REFERENCES members (id),
    name        TEXT NOT NULL,
    PRIMARY KEY (platform, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_by_member ON accounts (member_id);

CREATE TABLE link_codes (
    code        TEXT PRIMARY KEY,
    member_id   INTEGER NOT NULL REFERENCES members (id),
    expires_at  REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE spaces (
    id          INTEGER PRIMARY KEY,
    platform    TEXT NOT NULL,
    address     TEXT NOT NULL,              -- channel id; chat id, with :topic where it has one
    private     INTEGER NOT NULL,           -- 1 for a conversation of one member with the bot
    max_bytes   INTEGER NOT NULL,           -- the largest file the platform takes there
    created_at  REAL NOT NULL,
    UNIQUE (platform, address)
) STRICT;

CREATE TABLE media (
    sha256      TEXT PRIMARY KEY,           -- also its path in the media folder
    type        TEXT NOT NULL,              -- MIME type
    bytes       INTEGER NOT NULL,
    created_at  REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clips (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,       -- what people type: 7K3F
    member_id   INTEGER NOT NULL REFERENCES members (id),
    space_id    INTEGER NOT NULL REFERENCES spaces (id),
    kind        TEXT NOT NULL CHECK (kind IN ('create', 'remix', 'variation', 'extension')),
    parent_id   INTEGER REFERENCES clips (id),
    root_id     INTEGER NOT NULL REFERENCES clips (id),   -- the first clip of the chain; itself
    depth       INTEGER NOT NULL,           -- remixes between the first clip and this one
    request_key TEXT NOT NULL UNIQUE,       -- the platform's id of the request: asked again, same clip
    words       TEXT NOT NULL,              -- as the member typed them
    plan        TEXT NOT NULL,              -- JSON, see storage/plan.py
    preset      TEXT NOT NULL,
    seed        INTEGER NOT NULL,
    width       INTEGER,                    -- of the master, as are the next four
    height      INTEGER,
    seconds     REAL,
    master      TEXT REFERENCES media (sha256),
    poster      TEXT REFERENCES media (sha256),
    latents     TEXT REFERENCES media (sha256),
    created_at  REAL NOT NULL,
    deleted_at  REAL,
    CHECK ((kind = 'create') = (parent_id IS NULL))
) STRICT;
CREATE INDEX clips_by_parent ON clips (parent_id);
CREATE INDEX clips_by_root ON clips (root_id, depth);
CREATE INDEX clips_by_member ON clips (member_id, id);
CREATE INDEX clips_by_space ON clips (space_id, id);
CREATE INDEX clips_by_master ON clips (master);
CREATE INDEX clips_by_poster ON clips (poster);
CREATE INDEX clips_by_latents ON clips (latents);

CREATE TABLE jobs (
    id          INTEGER PRIMARY KEY,
    clip_id     INTEGER NOT NULL UNIQUE REFERENCES clips (id),
    member_id   INTEGER NOT NULL REFERENCES members (id),
    preset      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'rendering', 'done', 'failed', 'cancelled')),
    cost        REAL NOT NULL,              -- GPU seconds expected, charged to the member at the claim
    attempts    INTEGER NOT NULL DEFAULT 0, -- renders that ended in an error worth another try
    crashes     INTEGER NOT NULL DEFAULT 0, -- engine deaths while it held this job
    engine      TEXT,                       -- who holds the lease
    lease_until REAL,
    step        INTEGER NOT NULL DEFAULT 0,
    steps       INTEGER NOT NULL DEFAULT 0,
    preview     TEXT REFERENCES media (sha256),
    error       TEXT,                       -- a code; its words are made in bots/words
    figures     TEXT,                       -- JSON: the numbers those words need
    created_at  REAL NOT NULL,
    started_at  REAL,
    finished_at REAL
) STRICT;
CREATE INDEX jobs_waiting ON jobs (member_id, id) WHERE state = 'waiting';
CREATE INDEX jobs_rendering ON jobs (lease_until) WHERE state = 'rendering';
CREATE INDEX jobs_open_by_member ON jobs (member_id) WHERE state IN ('waiting', 'rendering');
CREATE INDEX jobs_by_preview ON jobs (preview) WHERE preview IS NOT NULL;

-- What each member has had of the GPU, in virtual seconds (see storage/fair.py).
CREATE TABLE shares (
    member_id    INTEGER PRIMARY KEY REFERENCES members (id),
    virtual_time REAL NOT NULL,
    waiting      INTEGER NOT NULL,          -- jobs of the member in that state, kept by the triggers
    rendering    INTEGER NOT NULL
) STRICT;
CREATE INDEX shares_next ON shares (virtual_time, member_id) WHERE waiting > 0;
CREATE INDEX shares_by_time ON shares (virtual_time);

CREATE TRIGGER jobs_counted_when_made AFTER INSERT ON jobs BEGIN
    UPDATE shares SET waiting = waiting + (NEW.state = 'waiting'),
                      rendering = rendering + (NEW.state = 'rendering')
    WHERE member_id = NEW.member_id;
END;
CREATE TRIGGER jobs_counted_when_moved AFTER UPDATE OF state, member_id ON jobs BEGIN
    UPDATE shares SET waiting = waiting - (OLD.state = 'waiting'),
                      rendering = rendering - (OLD.state = 'rendering')
    WHERE member_id = OLD.member_id;
    UPDATE shares SET waiting = waiting + (NEW.state = 'waiting'),
                      rendering = rendering + (NEW.state = 'rendering')
    WHERE member_id = NEW.member_id;
END;

CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY,
    clip_id     INTEGER NOT NULL REFERENCES clips (id),
    member_id   INTEGER NOT NULL REFERENCES members (id),  -- who asked, and is told
    space_id    INTEGER NOT NULL REFERENCES spaces (id),
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'sending', 'sent', 'failed')),
    reply_to    TEXT,                       -- the platform's id of the message that asked
    handle      TEXT,                       -- JSON of the platform: a way to answer that expires
    max_bytes   INTEGER NOT NULL,           -- the encoding must fit in this
    media       TEXT REFERENCES media (sha256),  -- the encoding; NULL until made, or for words alone
    error       TEXT,                       -- a code: words are owed instead of a clip
    nonce       TEXT NOT NULL UNIQUE,
    progress    TEXT,                       -- the message that shows progress
    message     TEXT,                       -- the post, once sent
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     REAL NOT NULL DEFAULT 0,    -- not before this time
    created_at  REAL NOT NULL,
    sent_at     REAL
) STRICT;
CREATE INDEX deliveries_by_clip ON deliveries (clip_id);
CREATE INDEX deliveries_open ON deliveries (state, next_at) WHERE state IN ('waiting', 'ready', 'sending');
CREATE INDEX deliveries_by_media ON deliveries (media);

-- The messages of ours that hold or announce a clip: how a reply finds it.
CREATE TABLE posts (
    space_id    INTEGER NOT NULL REFERENCES spaces (id),
    message     TEXT NOT NULL,
    clip_id     INTEGER NOT NULL REFERENCES clips (id),
    holds_clip  INTEGER NOT NULL,           -- 0 for the message that shows progress
    created_at  REAL NOT NULL,
    removal_owed INTEGER NOT NULL DEFAULT 0,
    removed_at  REAL,
    PRIMARY KEY (space_id, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_by_clip ON posts (clip_id, space_id);
CREATE INDEX posts_owed_removal ON posts (clip_id) WHERE removal_owed = 1;

CREATE TABLE timings (
    id          INTEGER PRIMARY KEY,
    preset      TEXT NOT NULL,
    work        REAL NOT NULL,              -- megapixels x frames x steps
    seconds     REAL NOT NULL
) STRICT;
CREATE INDEX timings_by_preset ON timings (preset, id);

-- What running engines can render, written by them at start and kept fresh by their heartbeat.
CREATE TABLE offers (
    preset      TEXT PRIMARY KEY,
    engine      TEXT NOT NULL,
    offer       TEXT NOT NULL,              -- JSON, see storage/offers.py
    seen_at     REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys for the page and the API beyond this machine. Only a hash is kept.
CREATE TABLE keys (
    hash        TEXT PRIMARY KEY,
    member_id   INTEGER NOT NULL REFERENCES members (id),
    created_at  REAL NOT NULL,
    revoked_at  REAL
) STRICT, WITHOUT ROWID;
