-- The first shape of the database. Every table is append-only; write_lock alone is ever updated.
-- After a release this file stays as it is: a later change is a numbered file in migrations/.
-- Only what a DuckDB file and DuckLake both know: NOT NULL and literal defaults, no keys, no checks, no sequences.
-- `sequence` is the number of the write that added the row (write_lock.version after it): the order of all events.

CREATE TABLE IF NOT EXISTS schema_version (
    version INTEGER NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS write_lock (
    id INTEGER NOT NULL,
    version BIGINT NOT NULL
);

-- One row an accepted workbook.
CREATE TABLE IF NOT EXISTS submission (
    submission_id VARCHAR NOT NULL,
    receipt_number VARCHAR NOT NULL,
    sequence BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    accepted_at TIMESTAMP NOT NULL,
    accepted_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    replaces VARCHAR,
    project_count INTEGER NOT NULL,
    infrastructure_count INTEGER NOT NULL,
    error_count INTEGER NOT NULL,
    explain_count INTEGER NOT NULL,
    hint_count INTEGER NOT NULL,
    total_ytd_wan DECIMAL(18,4)
);

-- One row a withdrawn submission.
CREATE TABLE IF NOT EXISTS withdrawal (
    submission_id VARCHAR NOT NULL,
    sequence BIGINT NOT NULL,
    withdrawn_at TIMESTAMP NOT NULL,
    withdrawn_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row a table of a submission, numbered from 1 in the order read.
CREATE TABLE IF NOT EXISTS submission_table (
    submission_id VARCHAR NOT NULL,
    table_number INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    unit VARCHAR
);

-- One row a column of a table.
CREATE TABLE IF NOT EXISTS submission_column (
    submission_id VARCHAR NOT NULL,
    table_number INTEGER NOT NULL,
    column_letter VARCHAR NOT NULL,
    heading VARCHAR NOT NULL,
    field VARCHAR,
    unit VARCHAR,
    match VARCHAR NOT NULL
);

-- One row a row of a table. The columns of the fields are added from their declaration when the database opens.
-- is_counted is false for a row without a project and for all but the last row of a project in one submission.
CREATE TABLE IF NOT EXISTS project_row (
    submission_id VARCHAR NOT NULL,
    table_number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell_row INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    is_counted BOOLEAN NOT NULL,
    rejected VARCHAR NOT NULL,
    texts VARCHAR NOT NULL,
    elsewhere VARCHAR NOT NULL
);

-- One row a finding of a submission, numbered from 1; details is a JSON list of [name, text].
CREATE TABLE IF NOT EXISTS finding (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    details VARCHAR NOT NULL,
    message_zh VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row a decision of a person about a wording; the newest of a kind, body and subject counts.
CREATE TABLE IF NOT EXISTS decision (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    decided_by VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    answer VARCHAR NOT NULL
);

-- One row a target of the year for one body, in the unit stated.
CREATE TABLE IF NOT EXISTS target (
    submission_id VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    value DECIMAL(18,4) NOT NULL,
    unit VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);

-- One row a node of a project in the year's plan.
CREATE TABLE IF NOT EXISTS node (
    submission_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    project_name VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    node VARCHAR NOT NULL,
    planned_date DATE,
    planned_text VARCHAR NOT NULL,
    planned_precision VARCHAR,
    is_done BOOLEAN NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
