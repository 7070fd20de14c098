-- Readings lie in one table per civil month (UTC+8), made when the first reading of the month comes:
--   reading_YYYYMM, minute_YYYYMM (roll-ups of the month's minutes), batch_YYYYMM (by month of ingest). MonthTables.cs has their columns, and
--   docs/formats/reading-row.md what is packed into their content.
-- All times are milliseconds since 1970 UTC.

CREATE TABLE station (
    station INTEGER PRIMARY KEY,
    device TEXT NOT NULL UNIQUE,
    producer TEXT NOT NULL,
    protocol TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    series INTEGER NOT NULL,
    untabled INTEGER NOT NULL
);

-- One factor of one device, of one kind, in one unit; and its latest reading.
CREATE TABLE series (
    series INTEGER PRIMARY KEY,
    station INTEGER NOT NULL,
    factor TEXT NOT NULL,
    kind INTEGER NOT NULL,
    unit TEXT NOT NULL,
    readings INTEGER NOT NULL,
    late INTEGER NOT NULL,
    odd INTEGER NOT NULL,
    observed INTEGER,
    epoch INTEGER,
    sequence INTEGER,
    entry INTEGER,
    ordinal INTEGER,
    value REAL,
    quality INTEGER,
    marks INTEGER,
    period INTEGER,
    minimum REAL,
    maximum REAL,
    total REAL,
    converted REAL,
    agent INTEGER,
    ingest INTEGER
);
CREATE UNIQUE INDEX series_by_name ON series (station, factor, kind, unit);

-- Flags that are no single letter; numbers from 128 on.
CREATE TABLE quality (
    quality INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
);

-- More than a day in the future, or before what is kept: no time of a reading, or one too late for its month. Out of every mean.
CREATE TABLE odd_reading (
    series INTEGER NOT NULL, observed INTEGER NOT NULL, entry INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    value REAL, quality INTEGER NOT NULL, marks INTEGER NOT NULL, period INTEGER NOT NULL,
    minimum REAL, maximum REAL, total REAL, converted REAL, converted_minimum REAL, converted_maximum REAL,
    ingest INTEGER NOT NULL,
    PRIMARY KEY (series, observed, entry, ordinal)
) WITHOUT ROWID;

-- How far the roll-ups of a station's readings of one kind are made: everything before the bucket this lies in.
CREATE TABLE track (
    station INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    rolled INTEGER NOT NULL,
    PRIMARY KEY (station, kind)
) WITHOUT ROWID;

-- Roll-ups that outlive their readings; content: all series of the kind, packed (docs/formats/reading-row.md).
CREATE TABLE hour (
    station INTEGER NOT NULL, kind INTEGER NOT NULL, bucket INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (station, kind, bucket)
) WITHOUT ROWID;
CREATE TABLE day (
    station INTEGER NOT NULL, kind INTEGER NOT NULL, bucket INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (station, kind, bucket)
) WITHOUT ROWID;

-- What a station did or was asked, beside its readings. type is the record's field number: 41 device event, 42 exchange.
CREATE TABLE happening (
    station INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    type INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    observed INTEGER,
    agent INTEGER,
    ingest INTEGER NOT NULL,
    text TEXT NOT NULL,
    outcome TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (station, entry)
) WITHOUT ROWID;

-- Rule sets that came into force; their content is in the ledger, at the entry.
CREATE TABLE rule_set (
    entry INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    rule_set TEXT NOT NULL,
    version TEXT NOT NULL,
    decider TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    rules INTEGER NOT NULL,
    ingest INTEGER NOT NULL
);

-- Newest ingest time met: months are dropped by it.
CREATE TABLE clock (
    clock INTEGER PRIMARY KEY,
    ingest INTEGER NOT NULL
);
INSERT INTO clock VALUES (1, 0);
