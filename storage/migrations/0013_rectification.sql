-- Rectification ledgers: what a plan counts, its problems, what was published; what ledgers say of tasks; closed measures
-- whose figure worsened.

-- One row a ledger, numbered within its write: how many problems and measures the plan of a day counts, and where it says so.
CREATE TABLE rectification (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    rectification_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    problem_count INTEGER NOT NULL,
    measure_count INTEGER NOT NULL,
    on_date DATE NOT NULL,
    source VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a problem of a ledger, numbered within its write; its measures are tasks.
CREATE TABLE rectification_problem (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    problem_id VARCHAR NOT NULL,
    rectification_id VARCHAR NOT NULL,
    serial VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    is_example BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a bulletin's figures; of a ledger and month the newest counts.
CREATE TABLE rectification_bulletin (
    sequence BIGINT NOT NULL,
    rectification_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    done INTEGER NOT NULL,
    going_on INTEGER NOT NULL,
    on_date DATE NOT NULL,
    source VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row what a ledger says of a task beside its words, numbered within its write; of a task the newest counts.
CREATE TABLE task_detail (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    task_id VARCHAR NOT NULL,
    leader VARCHAR NOT NULL,
    measures VARCHAR NOT NULL,
    schedule VARCHAR NOT NULL,
    problem_id VARCHAR NOT NULL,
    serial VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    indicator_body VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    is_example BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a ruling on a closed measure whose figure worsened, numbered within its write, with the figures that were shown.
CREATE TABLE relapse_ruling (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    task_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    figure DOUBLE NOT NULL,
    baseline DOUBLE NOT NULL,
    on_date DATE NOT NULL,
    note VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);
