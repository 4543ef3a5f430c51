-- The map of the zone: where people say that projects lie, and the outline that they are drawn on.

-- One row an event of a project's place, numbered within its write; degrees, without them where the place was removed.
CREATE TABLE place_event (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    longitude DOUBLE,
    latitude DOUBLE,
    end_longitude DOUBLE,
    end_latitude DOUBLE,
    source VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row an outline; the newest counts.
CREATE TABLE outline (
    sequence BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by VARCHAR NOT NULL
);

-- One row a line or area of an outline, numbered within it; points are JSON, [[longitude, latitude], ...].
CREATE TABLE outline_line (
    sequence BIGINT NOT NULL,
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    english VARCHAR NOT NULL,
    points VARCHAR NOT NULL
);
