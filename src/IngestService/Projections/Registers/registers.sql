-- One row a version of a subject. change is RegisterChange; of a party's numbers it holds the masked form only.
CREATE TABLE version (
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    entry_index INTEGER NOT NULL,
    line INTEGER NOT NULL,
    ingest_at INTEGER NOT NULL,
    change BLOB NOT NULL,
    actor BLOB NOT NULL,
    PRIMARY KEY (kind, id, entry_index, line)
) WITHOUT ROWID;
CREATE INDEX version_by_entry ON version (entry_index, line);

-- Lines of files that are not in yet.
CREATE TABLE part (
    entry_index INTEGER PRIMARY KEY,
    import_id TEXT NOT NULL,
    body BLOB NOT NULL              -- RegisterImportPart
);

CREATE TABLE suspending_event (
    device TEXT NOT NULL,
    entry_index INTEGER NOT NULL,
    ingest_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cause TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (device, entry_index)
) WITHOUT ROWID;
CREATE INDEX event_by_entry ON suspending_event (entry_index);

-- Records about parties, which are not held in memory: by what they are found.
CREATE TABLE party_number (
    hash BLOB NOT NULL,             -- HMAC-SHA256 under the key of this service
    id TEXT NOT NULL,
    entry_index INTEGER NOT NULL,   -- of the version that carries it
    PRIMARY KEY (hash, id, entry_index)
) WITHOUT ROWID;
CREATE TABLE party_name (
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (name, id)
) WITHOUT ROWID;
CREATE TABLE party_owner (
    kind INTEGER NOT NULL,
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, owner, id)
) WITHOUT ROWID;

-- What the key gives for a known text, written with the first number: with another key nothing here would be found.
CREATE TABLE key_check (hash BLOB NOT NULL);
