CREATE TABLE producer (
    producer TEXT PRIMARY KEY,
    key_id TEXT NOT NULL DEFAULT '',
    public_key BLOB,
    registered_index INTEGER,
    display_name TEXT NOT NULL DEFAULT '',
    epoch INTEGER NOT NULL DEFAULT 0,
    last_seen INTEGER,
    records INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    unsent_records INTEGER NOT NULL DEFAULT 0,
    status_time INTEGER,
    storage INTEGER NOT NULL DEFAULT 0,
    storage_permille INTEGER NOT NULL DEFAULT 0,
    configuration_entry INTEGER NOT NULL DEFAULT 0   -- of the newest status; 0: its local file alone
) WITHOUT ROWID;

-- What agents said about versions of their remote configuration.
CREATE TABLE configuration_report (
    entry_index INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    agent_time INTEGER,
    ingest_time INTEGER NOT NULL,
    report BLOB NOT NULL                      -- AgentConfigurationReport
);
CREATE INDEX configuration_report_of ON configuration_report (producer, entry_index);

CREATE TABLE bay (
    producer TEXT NOT NULL,
    bay INTEGER NOT NULL,
    state TEXT NOT NULL,
    recorder TEXT NOT NULL,
    files_total INTEGER NOT NULL,
    files_done INTEGER NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (producer, bay)
) WITHOUT ROWID;

CREATE TABLE mark (
    producer TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    class INTEGER NOT NULL,
    high INTEGER NOT NULL,
    PRIMARY KEY (producer, epoch, class)
) WITHOUT ROWID;

-- Sequences below a mark that the ledger does not hold, as ranges that never overlap.
CREATE TABLE gap (
    producer TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    class INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (producer, epoch, class, first)
) WITHOUT ROWID;

-- What agents said they gave up; ranges may overlap and may come before the gap is seen.
CREATE TABLE certificate (
    entry_index INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    class INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX certificate_of ON certificate (producer);

-- Devices connected by MQTT.
CREATE TABLE presence (
    client_id TEXT PRIMARY KEY,
    state INTEGER NOT NULL DEFAULT 0,
    reason INTEGER NOT NULL DEFAULT 0,
    since INTEGER,
    last_heard INTEGER,
    keep_alive INTEGER NOT NULL DEFAULT 0,
    session INTEGER NOT NULL DEFAULT 0,
    gateway TEXT NOT NULL DEFAULT '',
    will BLOB,                                -- DeviceWill
    changed INTEGER NOT NULL DEFAULT 0,       -- entry index * 65536 + place in the entry: one order for all
    episode_id TEXT NOT NULL DEFAULT ''       -- the open one that named it; empty while it is connected
) WITHOUT ROWID;
CREATE INDEX presence_by_change ON presence (changed);
CREATE INDEX presence_by_state ON presence (state, reason);
CREATE INDEX presence_by_episode ON presence (episode_id) WHERE episode_id <> '';

-- Open ones.
CREATE TABLE presence_episode (
    episode_id TEXT PRIMARY KEY,
    scope INTEGER NOT NULL,
    subject TEXT NOT NULL,
    start INTEGER NOT NULL,
    count INTEGER NOT NULL
) WITHOUT ROWID;
