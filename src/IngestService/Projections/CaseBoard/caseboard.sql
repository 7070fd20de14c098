CREATE TABLE case_file (
    case_id TEXT PRIMARY KEY,
    opened_index INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    domain TEXT NOT NULL,
    opened INTEGER NOT NULL,
    lead_id TEXT NOT NULL,
    officers TEXT NOT NULL,
    window_start INTEGER,
    window_end INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX case_by_index ON case_file (opened_index);
CREATE INDEX case_by_number ON case_file (length(number), number); -- 9号 before 10号

-- Versions of streams case/<id>/lifecycle and case/<id>/evidence, as the sequencer counts them.
CREATE TABLE version (
    stream TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE lead (
    lead_id TEXT PRIMARY KEY,
    alert_id TEXT NOT NULL,
    number TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE manifest (
    manifest_index INTEGER PRIMARY KEY,
    payload_sha256 BLOB NOT NULL,
    stored INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX manifest_by_payload ON manifest (payload_sha256);

-- For the timelines of lawfully deleted files: their own content is gone.
CREATE TABLE erased_manifest (
    manifest_index INTEGER PRIMARY KEY
);

CREATE TABLE evidence (
    case_id TEXT NOT NULL,
    manifest_index INTEGER NOT NULL,
    entry_index INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    attached INTEGER NOT NULL,
    PRIMARY KEY (case_id, manifest_index)
) WITHOUT ROWID;
CREATE INDEX evidence_of_media ON evidence (manifest_index);

-- subject: alert/<id>, case/<id>, media/<manifest index>
CREATE TABLE timeline (
    subject TEXT NOT NULL,
    entry_index INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (subject, entry_index)
) WITHOUT ROWID;
