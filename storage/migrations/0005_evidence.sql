-- Evidence: what a person recorded to verify a reported start or completion, and what was withdrawn of it.

-- One row a piece of evidence; on_date is the day on which it was given or seen, verified_date the date recognised for the
-- milestone; file_sha256 names the photo or scan among the originals, empty (and byte_count 0) without one.
CREATE TABLE evidence (
    sequence BIGINT NOT NULL,
    evidence_id VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    milestone VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    verified_date DATE NOT NULL,
    value VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a withdrawn piece of evidence.
CREATE TABLE evidence_withdrawal (
    sequence BIGINT NOT NULL,
    evidence_id VARCHAR NOT NULL,
    withdrawn_at TIMESTAMP NOT NULL,
    withdrawn_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
