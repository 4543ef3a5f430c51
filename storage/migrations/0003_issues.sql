-- Issues: what holds projects up, confirmed by a person, and whose turn it was; words taught to the classing of issues.

-- One row an issue, numbered within its write; submission_id, sheet and cell are empty for what no return named.
CREATE TABLE issue (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    issue_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    opened_on DATE NOT NULL,
    text VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row an event of an issue, numbered within its write; on_date is the day on which it happened.
CREATE TABLE issue_event (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    issue_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    level VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    due_date DATE,
    reason VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a word taught or taken out (reason is empty then); of one word the newest row counts.
CREATE TABLE reason_word (
    sequence BIGINT NOT NULL,
    word VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL
);
