-- Finds accounts whose stored form was not folded; addresses in ASCII alone are not in it.

CREATE INDEX CONCURRENTLY IF NOT EXISTS users_by_folded_address
  ON users ((email_folded(email_compared) COLLATE "C"), id)
  WHERE octet_length(email_compared) <> char_length(email_compared);
