-- Accounts: who may sign in, as what; passwords apart, since no journal and no list may hold them.

-- One row an event of an account, one a write; role, district and person are those from then on. kind: added, reset, changed, disabled, enabled.
CREATE TABLE account_event (
    sequence BIGINT NOT NULL,
    account VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a password that was set, as its argon2id hash, of the event of the same write; of an account the newest counts.
CREATE TABLE account_password (
    sequence BIGINT NOT NULL,
    account VARCHAR NOT NULL,
    password_hash VARCHAR NOT NULL,
    must_change BOOLEAN NOT NULL
);
