CREATE TABLE clerk (
    position INTEGER NOT NULL,      -- entries below are decided, their facts durable in the ledger
    next_sequence INTEGER NOT NULL,
    erased INTEGER NOT NULL,        -- deletion leaves below were obeyed by the ledger when this file was begun
    leaf BLOB NOT NULL              -- leaf hash of the last entry before the position; empty at 0
);

CREATE TABLE alert (
    alert_id TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE lead (
    lead_id TEXT PRIMARY KEY,
    alert_id TEXT NOT NULL
) WITHOUT ROWID;

-- Media an alert names, known by hash: the manifest may come later.
CREATE TABLE named (
    payload_sha256 BLOB NOT NULL,
    alert_id TEXT NOT NULL,
    PRIMARY KEY (payload_sha256, alert_id)
) WITHOUT ROWID;
CREATE INDEX named_by_alert ON named (alert_id);

CREATE TABLE case_file (
    case_id TEXT PRIMARY KEY,
    number_key TEXT NOT NULL,
    officers TEXT NOT NULL,
    window_start INTEGER,
    window_end INTEGER,
    latitude REAL,
    longitude REAL,
    radius REAL,
    alert_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX case_by_number ON case_file (number_key);
CREATE INDEX case_by_alert ON case_file (alert_id) WHERE alert_id <> '';
CREATE INDEX case_with_place ON case_file (window_end) WHERE latitude IS NOT NULL;

CREATE TABLE case_officer (
    officer TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (officer, case_id)
) WITHOUT ROWID;

CREATE TABLE manifest (
    manifest_index INTEGER PRIMARY KEY,
    payload_sha256 BLOB NOT NULL,
    typed_key TEXT NOT NULL,
    number_key TEXT NOT NULL,       -- of the newest label of kind "case", else the typed one
    officer TEXT NOT NULL,
    capture_start INTEGER,
    capture_end INTEGER,
    clock_implausible INTEGER NOT NULL,
    latitude REAL,
    longitude REAL
);
CREATE INDEX manifest_by_payload ON manifest (payload_sha256);
CREATE INDEX manifest_by_number ON manifest (number_key) WHERE number_key <> '';
CREATE INDEX manifest_by_officer ON manifest (officer, capture_start) WHERE officer <> '';
CREATE INDEX manifest_with_place ON manifest (capture_start) WHERE latitude IS NOT NULL;

-- The newest label's number by manifest hash; empty for one of another kind.
CREATE TABLE label (
    payload_sha256 BLOB PRIMARY KEY,
    is_case INTEGER NOT NULL,
    number_key TEXT NOT NULL
) WITHOUT ROWID;

-- Pairs the clerk leaves alone: attached once, by whomever, or detached by a person.
CREATE TABLE settled (
    case_id TEXT NOT NULL,
    manifest_index INTEGER NOT NULL,
    PRIMARY KEY (case_id, manifest_index)
) WITHOUT ROWID;

-- Rule sets that came into force, by the record that says so; the content is in the ledger.
CREATE TABLE rule_set (
    entry INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    sequence INTEGER NOT NULL,      -- in class P0, as the producer's alerts
    sha256 BLOB NOT NULL
);
CREATE INDEX rule_set_by_hash ON rule_set (sha256, producer);

-- Reports of the front end by the last word on their recomputation. Only grows, and 1 is final.
CREATE TABLE recomputation (
    report INTEGER PRIMARY KEY,     -- entry
    is_final INTEGER NOT NULL,
    producer TEXT NOT NULL,
    rule_set BLOB NOT NULL          -- awaited; empty: not it
);
CREATE INDEX recomputation_by_rule_set ON recomputation (rule_set, producer) WHERE is_final = 0 AND rule_set <> x'';

-- Records that reports wait for.
CREATE TABLE awaited (
    producer TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    class INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (producer, epoch, class, sequence, report)
) WITHOUT ROWID;
CREATE INDEX awaited_by_report ON awaited (report);
