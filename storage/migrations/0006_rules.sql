-- Rule sets of the lights, which one is in force from when, suspensions of projects and months excused.

-- One row a version that the office made; settings are JSON. The versions that the system brings along are in its code.
CREATE TABLE rule_set (
    sequence BIGINT NOT NULL,
    code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    settings VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row a decision which version holds from a period on; of those that reach a period the newest counts.
CREATE TABLE rule_choice (
    sequence BIGINT NOT NULL,
    from_period VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row an event of a project's suspension: suspended or deferred, renewed, ended; on_date is the day it happened.
CREATE TABLE suspension_event (
    sequence BIGINT NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    reason VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    expected_resumption DATE,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a decision that a project is not assessed from one month to another, or (revoked) that an earlier one is void.
CREATE TABLE excuse (
    sequence BIGINT NOT NULL,
    excuse_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    from_period VARCHAR NOT NULL,
    to_period VARCHAR NOT NULL,
    meeting VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);
