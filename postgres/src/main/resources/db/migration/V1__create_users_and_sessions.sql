-- Text that is compared or searched is collated "C": equal means equal bytes, prefix searches can use
-- the plain index, and no upgrade of an operating system's collations can spoil it.

CREATE TABLE users (
  id             uuid        NOT NULL,
  email          text        NOT NULL,
  email_compared text        COLLATE "C" NOT NULL,
  display_name   text,
  email_verified boolean     NOT NULL,
  status         text        COLLATE "C" NOT NULL,
  roles          text[]      NOT NULL,
  password_hash  text        COLLATE "C" NOT NULL,
  version        bigint      NOT NULL,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_email_compared_key UNIQUE (email_compared),
  CONSTRAINT users_status_known CHECK (status IN ('active', 'disabled'))
) WITH (fillfactor = 90);

CREATE TABLE sessions (
  id              uuid          NOT NULL,
  user_id         uuid          NOT NULL,
  token_hash      bytea         NOT NULL, -- SHA-256 of the current refresh token's secret
  generation      integer       NOT NULL, -- of the current refresh token
  rotations       timestamptz[] NOT NULL, -- when the recent generations were first used
  created_at      timestamptz   NOT NULL,
  last_used_at    timestamptz   NOT NULL,
  idle_expires_at timestamptz   NOT NULL,
  expires_at      timestamptz   NOT NULL,
  user_agent      text          NOT NULL,
  ip              text          NOT NULL,
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT sessions_token_is_sha256 CHECK (octet_length(token_hash) = 32)
) WITH (fillfactor = 80);

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (least(idle_expires_at, expires_at));

-- Sessions that have ended while access tokens for them may still be about. Its times are the
-- database's own, the one clock that all instances share.
CREATE TABLE revocations (
  session_id uuid        NOT NULL,
  revoked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT revocations_pkey PRIMARY KEY (revoked_at, session_id)
);
