-- Permits and land: what ledgers say of approval steps and of land, and what people record of them.

-- One row an approval step of a project in a submission, numbered from 1 in the order read.
CREATE TABLE permit (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    project_name VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    applied_date DATE,
    due_date DATE,
    granted_date DATE,
    office VARCHAR NOT NULL,
    document_number VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);

-- One row a project's land in a submission, numbered from 1 in the order read; in mu, NULL for an empty cell.
CREATE TABLE land (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    project_name VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    wanted_mu DECIMAL(12,2),
    applied_mu DECIMAL(12,2),
    granted_mu DECIMAL(12,2),
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);

-- One row what a person recorded of a step, numbered within its write; on_date is the day as of which it is so.
CREATE TABLE permit_event (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    applied_date DATE,
    due_date DATE,
    granted_date DATE,
    office VARCHAR NOT NULL,
    document_number VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row what a person recorded of a project's land, numbered within its write; NULL for what was not told.
CREATE TABLE land_event (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    wanted_mu DECIMAL(12,2),
    applied_mu DECIMAL(12,2),
    granted_mu DECIMAL(12,2),
    note VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);
