-- The office's ledgers: the rows of any of them (domain/ledgers), each value with its cell.

-- One row a row of a ledger in a submission, numbered from 1 in the order read; row_key tells it from the others.
CREATE TABLE ledger_row (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    ledger VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell_row INTEGER NOT NULL
);

-- One row a value that a row of a ledger states, in the column it was read from; nothing for an empty cell.
-- value is the number, day, word's code or text as a text; text is the cell as typed.
CREATE TABLE ledger_value (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
