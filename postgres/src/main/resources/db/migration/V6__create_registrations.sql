-- Registrations under an idempotency key, kept for a day. Key and request are fingerprints. There is
-- no reference to the user: a late repetition must not bring back an account deleted in between.

CREATE TABLE registrations (
  key           text        COLLATE "C" NOT NULL,
  request       text        COLLATE "C" NOT NULL,
  user_id       uuid        NOT NULL,
  registered_at timestamptz NOT NULL,
  CONSTRAINT registrations_pkey PRIMARY KEY (key)
);

CREATE INDEX registrations_by_age ON registrations (registered_at);
