-- A row per run. Times are milliseconds since 1970, -1 where there is none.
CREATE TABLE runs (
    id VARCHAR(80) PRIMARY KEY,
    owner VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    state VARCHAR(20) NOT NULL,
    words VARCHAR ARRAY NOT NULL,
    -- What a search looks at, in lower case.
    text VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    submitted BIGINT NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    last_fact BIGINT NOT NULL,
    done INT NOT NULL,
    total INT NOT NULL,
    failures INT NOT NULL,
    retries INT NOT NULL,
    running INT NOT NULL,
    queued INT NOT NULL,
    -- Where the last record of the journal that the row shows begins.
    shown BIGINT NOT NULL
);

CREATE INDEX runs_by_state ON runs (state, id);

CREATE INDEX runs_by_owner ON runs (owner, id);
