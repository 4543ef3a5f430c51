-- Cells mended on the screen before a return was accepted, and the form for which a heading was confirmed.

-- One row a cell that was mended, numbered from 1; before and after are NULL for an empty cell.
CREATE TABLE correction (
    submission_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    before VARCHAR,
    after VARCHAR
);

-- Decisions about headings made before this belong to no form: they are suggested, and taken in none.
ALTER TABLE decision ADD COLUMN form VARCHAR DEFAULT '';
