CREATE TABLE api_keys (
  id           uuid        NOT NULL,
  name         text        NOT NULL,
  secret_hash  bytea       NOT NULL, -- SHA-256 of 256 random bits
  scopes       text[]      COLLATE "C" NOT NULL,
  created_at   timestamptz NOT NULL,
  last_used_at timestamptz,          -- written at most once a minute
  revoked_at   timestamptz,
  CONSTRAINT api_keys_pkey PRIMARY KEY (id),
  CONSTRAINT api_keys_secret_hash_key UNIQUE (secret_hash),
  CONSTRAINT api_keys_secret_is_sha256 CHECK (octet_length(secret_hash) = 32),
  CONSTRAINT api_keys_scopes_known
    CHECK (scopes <> '{}' AND scopes <@ ARRAY['users:read', 'users:write', 'introspect'])
) WITH (fillfactor = 80);

CREATE INDEX api_keys_by_creation ON api_keys (created_at, id);

-- Pages of users of one status, however rare it is. Without a status the primary key and the unique
-- index of addresses are the order themselves.
CREATE INDEX users_by_status ON users (status, id);
CREATE INDEX users_by_status_and_address ON users (status, email_compared);
