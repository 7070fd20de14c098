-- 文号 that are no longer free, each with what it is now. docs/formats/documents.md.
CREATE TABLE number (
    agency_id TEXT NOT NULL,
    kind INTEGER NOT NULL,          -- DocumentKind
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- NumberState: leased, given, void
    text TEXT NOT NULL,
    block_id TEXT NOT NULL,         -- '': given at the centre
    case_id TEXT NOT NULL,
    subject TEXT NOT NULL,          -- document
    reason TEXT NOT NULL,           -- of a void
    entry_index INTEGER NOT NULL,
    PRIMARY KEY (agency_id, kind, year, ordinal)
) WITHOUT ROWID;
CREATE INDEX number_by_text ON number (text);
CREATE INDEX number_by_block ON number (block_id, state) WHERE block_id <> '';

CREATE TABLE number_block (
    block_id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL,
    holder_kind INTEGER NOT NULL,
    holder TEXT NOT NULL,
    block BLOB NOT NULL,            -- NumberBlock
    entry_index INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX number_block_by_agency ON number_block (agency_id, entry_index);
