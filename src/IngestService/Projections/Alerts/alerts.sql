CREATE TABLE alert (
    alert_id TEXT PRIMARY KEY,
    opened_index INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    state INTEGER NOT NULL,
    state_before_close INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    place TEXT NOT NULL,
    source_device TEXT NOT NULL,
    officer TEXT NOT NULL,
    rule TEXT NOT NULL,
    target TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    accuracy REAL,
    observed INTEGER,
    ingested INTEGER NOT NULL,
    retrospective INTEGER NOT NULL,
    cleared INTEGER NOT NULL DEFAULT 0,
    count INTEGER NOT NULL,
    worst REAL,
    lead_id TEXT NOT NULL DEFAULT '',
    lead_number TEXT NOT NULL DEFAULT '',
    lead_index INTEGER,
    lead_at INTEGER,
    case_id TEXT NOT NULL DEFAULT '',
    close_reason INTEGER NOT NULL DEFAULT 0,
    episode_start INTEGER,
    cleared_at INTEGER,
    cause_index INTEGER,
    last_cause_index INTEGER,
    -- D-27: until when it has to be taken up, and by the rules of which entry. NULL: nobody has to, or somebody did.
    take_up_by INTEGER,
    take_up_rules INTEGER,
    taken_up INTEGER NOT NULL DEFAULT 0,
    overdue INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX alert_by_take_up ON alert (overdue, take_up_by) WHERE take_up_by IS NOT NULL;
CREATE UNIQUE INDEX alert_by_index ON alert (opened_index);
CREATE INDEX alert_by_state ON alert (state, opened_index);
CREATE UNIQUE INDEX alert_by_lead ON alert (lead_id) WHERE lead_id <> '';
CREATE INDEX alert_by_device ON alert (source_device, opened_index);
CREATE INDEX alert_open_by_device ON alert (source_device, severity) WHERE cleared = 0 AND state <> 3;
CREATE INDEX lead_by_index ON alert (lead_index) WHERE lead_index IS NOT NULL;

-- Versions of streams alert/<id>, as the sequencer counts them.
CREATE TABLE version (
    alert_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) WITHOUT ROWID;

-- The centre's word on how the front end decided the alert; the fact itself is in the ledger.
CREATE TABLE recomputation (
    alert_id TEXT PRIMARY KEY,
    outcome INTEGER NOT NULL,
    entry INTEGER NOT NULL
) WITHOUT ROWID;

-- The rules in force, as far as alerts go: one row.
CREATE TABLE rules (
    one INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    content BLOB NOT NULL
);

-- Closings (T2b), and the supervisor's word on those that are in the sample: drawn by the hash of their leaf, or undone.
CREATE TABLE closing (
    entry INTEGER PRIMARY KEY,
    alert_id TEXT NOT NULL,
    closed_at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    reason INTEGER NOT NULL,
    remark TEXT NOT NULL,
    draw INTEGER NOT NULL,
    percent INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0,
    in_sample INTEGER NOT NULL,
    word_entry INTEGER,
    agrees INTEGER NOT NULL DEFAULT 0,
    word TEXT NOT NULL DEFAULT '',
    supervisor_id TEXT NOT NULL DEFAULT '',
    supervisor_name TEXT NOT NULL DEFAULT ''
);
CREATE INDEX closing_by_alert ON closing (alert_id, entry);
CREATE INDEX closing_in_sample ON closing (entry) WHERE in_sample = 1;
CREATE INDEX closing_waiting ON closing (entry) WHERE in_sample = 1 AND word_entry IS NULL;
