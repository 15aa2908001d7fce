-- How far the imports of files have come, so that one that was broken off goes on where it ended. A row
-- is written in the transaction of the users it counts. Only the newest hundred are kept.
CREATE TABLE user_imports (
  file           text        COLLATE "C" NOT NULL, -- size and digest
  line           bigint      NOT NULL,             -- the last that is done with
  imported       bigint      NOT NULL,
  rejected       bigint      NOT NULL,
  latest_rejects text[]      NOT NULL, -- of the last batch; by turns line, field, code and message
  updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT user_imports_pkey PRIMARY KEY (file)
);
