-- One row a running clock; stopped ones live in the case's body alone.
CREATE TABLE procedure_clock (
    case_id TEXT NOT NULL,
    deadline_id TEXT NOT NULL,
    start_entry INTEGER NOT NULL,
    subject TEXT NOT NULL,
    domain TEXT NOT NULL,
    next_mark INTEGER,               -- microseconds; null: paused, or every mark is told
    due INTEGER NOT NULL,
    task INTEGER NOT NULL,           -- ClockEffect ESCALATE or RELEASE_TASK once it expired, else 0
    updated INTEGER NOT NULL,        -- entry that moved a clock of the case last
    body BLOB NOT NULL,              -- ClockState
    PRIMARY KEY (case_id, deadline_id, start_entry, subject)
) WITHOUT ROWID;
CREATE INDEX clock_by_mark ON procedure_clock (next_mark, case_id) WHERE next_mark IS NOT NULL;
CREATE INDEX clock_by_update ON procedure_clock (updated, case_id, deadline_id, start_entry, subject);
CREATE INDEX clock_task ON procedure_clock (task, due, case_id) WHERE task > 0;
