-- Whether another active administrator remains, without a look at all users.

CREATE INDEX CONCURRENTLY IF NOT EXISTS users_administrators ON users (id)
  WHERE status = 'active' AND 'admin' = ANY (roles);
