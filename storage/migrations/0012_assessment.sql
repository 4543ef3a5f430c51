-- Supervision assessment: schemes that the office made, which one holds from when, and the scores that were published.

-- One row a version that the office made; settings are JSON. The scheme that the system brings along is in its code.
CREATE TABLE assessment_scheme (
    sequence BIGINT NOT NULL,
    code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    settings VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row a decision which version holds from a period on; of those that reach a period the newest counts.
CREATE TABLE assessment_choice (
    sequence BIGINT NOT NULL,
    from_period VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row a publication: the points as they were (JSON, with the SHA-256 of that text as its seal), by which version,
-- and what was known then. Never computed again.
CREATE TABLE assessment_publication (
    sequence BIGINT NOT NULL,
    publication_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    acceptances BIGINT NOT NULL,
    points VARCHAR NOT NULL,
    seal VARCHAR NOT NULL,
    on_date DATE NOT NULL,
    reason VARCHAR NOT NULL,
    published_at TIMESTAMP NOT NULL,
    published_by VARCHAR NOT NULL
);
