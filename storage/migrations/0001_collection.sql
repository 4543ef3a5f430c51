-- The collection of returns: when they are due, which months are closed, and who may still send.

-- One row a rule set for a return: due on the so-manieth working day after the month, from a period on; the newest counts.
CREATE TABLE due_rule (
    sequence BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    from_period VARCHAR NOT NULL,
    working_day INTEGER NOT NULL,
    set_at TIMESTAMP NOT NULL,
    set_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row a period whose monthly returns are closed after the meeting.
CREATE TABLE period_lock (
    sequence BIGINT NOT NULL,
    period VARCHAR NOT NULL,
    locked_at TIMESTAMP NOT NULL,
    locked_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- One row an exception: one monthly return of the body for the closed period, until the end of the day valid_until.
CREATE TABLE lock_exception (
    sequence BIGINT NOT NULL,
    body VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    valid_until DATE NOT NULL,
    granted_at TIMESTAMP NOT NULL,
    granted_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
