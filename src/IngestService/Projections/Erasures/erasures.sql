CREATE TABLE erasure (
    erasure_id TEXT PRIMARY KEY,
    requested_index INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    request BLOB NOT NULL,          -- ErasureRequested as it stands in the ledger
    state INTEGER NOT NULL,
    version INTEGER NOT NULL,
    erased_index INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX erasure_by_index ON erasure (requested_index);

-- Who did what to it, oldest first.
CREATE TABLE step (
    erasure_id TEXT NOT NULL,
    entry_index INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor BLOB NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (erasure_id, entry_index)
) WITHOUT ROWID;
