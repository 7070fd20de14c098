CREATE TABLE manifest (
    manifest_index INTEGER PRIMARY KEY,
    payload_sha256 BLOB NOT NULL,
    producer TEXT NOT NULL,
    recorder TEXT NOT NULL,
    dock TEXT NOT NULL,
    officer TEXT NOT NULL,
    case_number TEXT NOT NULL,
    original_path TEXT NOT NULL,
    kind INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    duration INTEGER,
    capture_start INTEGER,
    ingested INTEGER NOT NULL,
    state INTEGER NOT NULL,
    sha256 BLOB,
    important INTEGER NOT NULL,
    clock_implausible INTEGER NOT NULL,
    released_before_anchor INTEGER NOT NULL,
    container TEXT NOT NULL,
    codec TEXT NOT NULL,
    previous_sha256 BLOB NOT NULL,
    docking INTEGER,
    stored_index INTEGER NOT NULL DEFAULT 0,
    quarantine_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX manifest_by_content ON manifest (sha256);
CREATE INDEX manifest_by_payload ON manifest (payload_sha256);
CREATE INDEX manifest_by_previous ON manifest (previous_sha256, recorder, dock);

CREATE TABLE label (
    entry_index INTEGER PRIMARY KEY,
    manifest_sha256 BLOB NOT NULL,
    officer TEXT NOT NULL,
    label_kind TEXT NOT NULL,
    number TEXT NOT NULL,
    remark TEXT NOT NULL
);
CREATE INDEX label_of ON label (manifest_sha256, entry_index);

-- Manifests whose predecessor in the chain was lawfully deleted: its absence is explained.
CREATE TABLE explained (
    manifest_index INTEGER PRIMARY KEY
);

-- The stay of a recorder in a station, named by the entry that began it.
CREATE TABLE docking (
    producer TEXT NOT NULL,
    recorder TEXT NOT NULL,
    entry_index INTEGER NOT NULL,
    PRIMARY KEY (producer, recorder)
) WITHOUT ROWID;

CREATE TABLE custody (
    entry_index INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    text TEXT NOT NULL,
    docking INTEGER,
    manifest_sha256 BLOB,
    paths TEXT NOT NULL
);
CREATE INDEX custody_of_docking ON custody (docking);
CREATE INDEX custody_of_file ON custody (manifest_sha256);

CREATE TABLE attachment (
    manifest_index INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    entry_index INTEGER NOT NULL,
    PRIMARY KEY (manifest_index, case_id)
) WITHOUT ROWID;
