-- Keys the service keeps for itself. Secret halves are sealed under a key that is not in the database.
-- The sequence is unique for each purpose, so that of several instances making the next key one wins.
CREATE TABLE server_keys (
  kid         text        COLLATE "C" NOT NULL,
  purpose     text        COLLATE "C" NOT NULL,
  sequence    integer     NOT NULL,
  public_part text        COLLATE "C" NOT NULL,
  sealed      text        COLLATE "C" NOT NULL,
  created_at  timestamptz NOT NULL,
  active_from timestamptz NOT NULL,
  CONSTRAINT server_keys_pkey PRIMARY KEY (kid),
  CONSTRAINT server_keys_sequence_key UNIQUE (purpose, sequence),
  CONSTRAINT server_keys_purpose_known
    CHECK (purpose IN ('access_token_signing', 'refresh_token_derivation'))
);
