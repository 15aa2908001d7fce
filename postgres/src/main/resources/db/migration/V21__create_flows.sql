-- One attempt of one person to prove one thing. A code is stored as an HMAC, the token of a link as SHA-256. There is
-- no reference to the user: a flow may begin before its account exists, and expires by itself after it is gone.
CREATE TABLE flows (
  id              uuid        NOT NULL,
  kind            text        COLLATE "C" NOT NULL,
  email           text        NOT NULL, -- as it was typed
  email_canonical text        COLLATE "C" NOT NULL,
  user_id         uuid,
  code_hmac       bytea,
  link_hash       bytea       NOT NULL,
  browser_hash    bytea, -- of the browser that began it; NULL of the API
  tries           smallint    NOT NULL DEFAULT 0,
  code_expires_at timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  used_at         timestamptz,
  CONSTRAINT flows_pkey PRIMARY KEY (id),
  CONSTRAINT flows_code_is_sha256 CHECK (octet_length(code_hmac) = 32),
  CONSTRAINT flows_link_is_sha256 CHECK (octet_length(link_hash) = 32),
  CONSTRAINT flows_tries_bounded CHECK (tries BETWEEN 0 AND 5)
) WITH (fillfactor = 80);

CREATE INDEX flows_by_address ON flows (email_canonical);
CREATE INDEX flows_by_user ON flows (user_id);
CREATE INDEX flows_by_end ON flows (expires_at);

-- Wrong codes in a row, over all flows of an address. Guesses leave counted_since as it is, so that they write to no
-- index.
CREATE TABLE code_failures (
  email_canonical text        COLLATE "C" NOT NULL,
  failures        smallint    NOT NULL,
  failed_at       timestamptz NOT NULL,
  counted_since   timestamptz NOT NULL,
  CONSTRAINT code_failures_pkey PRIMARY KEY (email_canonical)
) WITH (fillfactor = 80);

CREATE INDEX code_failures_by_age ON code_failures (counted_since);
