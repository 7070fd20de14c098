-- One row a case. body is ProcedureCase; the columns are what worklists and guards ask by.
CREATE TABLE procedure_case (
    case_id TEXT PRIMARY KEY,
    opened_index INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    unit_id TEXT NOT NULL,
    domain TEXT NOT NULL,
    object_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    act_from TEXT NOT NULL,
    act_through TEXT NOT NULL,
    decided_index INTEGER,           -- entry of the decision; null: none
    fined INTEGER NOT NULL,
    pending_approver INTEGER NOT NULL,
    is_returned INTEGER NOT NULL,
    next_due INTEGER NOT NULL,       -- microseconds; the largest number: none
    updated_at INTEGER NOT NULL,
    place TEXT NOT NULL,
    cell TEXT NOT NULL,              -- a hundredth of a degree; empty: no position
    body BLOB NOT NULL
) WITHOUT ROWID;
-- A worklist each, in its order, with all that is asked of it (SQLite looks for its own condition, too): pages and counts are found without the rows.
CREATE INDEX case_by_due ON procedure_case (next_due, case_id, unit_id, domain, is_open) WHERE is_open = 1;
CREATE INDEX case_to_review ON procedure_case (next_due, case_id, unit_id, domain, is_open, state) WHERE is_open = 1 AND state IN (2, 30);
CREATE INDEX case_to_approve ON procedure_case (next_due, case_id, unit_id, domain, pending_approver) WHERE pending_approver > 0;
CREATE INDEX case_returned ON procedure_case (next_due, case_id, unit_id, domain, is_returned) WHERE is_returned = 1;
-- Neighbours, the newest last.
CREATE INDEX case_by_party ON procedure_case (object_id, opened_index) WHERE object_id <> '';
CREATE INDEX case_by_place ON procedure_case (place, opened_index) WHERE place <> '';
CREATE INDEX case_by_cell ON procedure_case (cell, opened_index) WHERE cell <> '';

-- Who handles it now; before officers are assigned, who acted in it as a handler.
CREATE TABLE case_handler (
    officer_id TEXT NOT NULL,
    next_due INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    domain TEXT NOT NULL,
    PRIMARY KEY (officer_id, next_due, case_id)
) WITHOUT ROWID;
CREATE INDEX handler_of_case ON case_handler (case_id);

-- What an attached file needs to be an item: of manifests that came so far.
CREATE TABLE evidence_manifest (
    manifest_index INTEGER PRIMARY KEY,
    payload_sha256 BLOB NOT NULL,
    body BLOB NOT NULL               -- EvidenceSource
);
CREATE TABLE evidence_case (
    manifest_index INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (manifest_index, case_id)
) WITHOUT ROWID;

-- Rules that were activated, each for good.
CREATE TABLE procedure_rules (
    entry_index INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    content BLOB NOT NULL            -- JSON, byte for byte
);
