-- Meetings: what they decide (tasks and what became of them), the titles that people write, and the seals.

-- One row a task, numbered within its write; project_id and issue_id are empty for what concerns none.
CREATE TABLE task (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    task_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    lead VARCHAR NOT NULL,
    due_date DATE NOT NULL,
    opened_on DATE NOT NULL,
    taking_part VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    issue_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row an event of a task, numbered within its write; on_date is the day on which it happened.
CREATE TABLE task_event (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    task_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    note VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    lead VARCHAR NOT NULL,
    taking_part VARCHAR NOT NULL,
    due_date DATE,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a task that a return says something of, numbered within it.
CREATE TABLE task_reading (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);

-- One row a title written for a page of a month's meeting; empty brings the generated title back; the newest counts.
CREATE TABLE meeting_title (
    sequence BIGINT NOT NULL,
    period VARCHAR NOT NULL,
    page VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL
);

-- One row a sealed meeting; acceptances is the write up to which everything counts in it; of a month the newest counts.
CREATE TABLE meeting_seal (
    sequence BIGINT NOT NULL,
    seal_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    acceptances BIGINT NOT NULL,
    rule_set VARCHAR NOT NULL,
    day DATE NOT NULL,
    sealed_at TIMESTAMP NOT NULL,
    sealed_by VARCHAR NOT NULL
);

-- One row a title of a sealed meeting, as it was shown.
CREATE TABLE seal_title (
    sequence BIGINT NOT NULL,
    seal_id VARCHAR NOT NULL,
    page VARCHAR NOT NULL,
    title VARCHAR NOT NULL
);
