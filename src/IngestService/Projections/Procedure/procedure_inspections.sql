-- One row an inspection task. body is Inspection; the columns are what lists, numbers and the warning of a repetition ask by.
CREATE TABLE inspection (
    inspection_id TEXT PRIMARY KEY,
    planned_index INTEGER NOT NULL,
    unit_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    state INTEGER NOT NULL,
    object_id TEXT NOT NULL,         -- '': a place
    started_at INTEGER,              -- microseconds; null: not begun
    body BLOB NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX inspection_by_plan ON inspection (planned_index);
CREATE INDEX inspection_by_unit ON inspection (unit_id, planned_index);
CREATE INDEX inspection_by_number ON inspection (unit_id, year, ordinal);
CREATE INDEX inspection_by_object ON inspection (object_id, started_at) WHERE object_id <> '';

-- Planned or present.
CREATE TABLE inspection_officer (
    officer_id TEXT NOT NULL,
    planned_index INTEGER NOT NULL,
    PRIMARY KEY (officer_id, planned_index)
) WITHOUT ROWID;

CREATE TABLE inspection_recording (
    manifest_index INTEGER NOT NULL,
    inspection_id TEXT NOT NULL,
    PRIMARY KEY (manifest_index, inspection_id)
) WITHOUT ROWID;
