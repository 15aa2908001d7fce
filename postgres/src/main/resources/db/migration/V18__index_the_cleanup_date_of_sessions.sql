CREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_by_cleanup ON sessions (cleanup_on);
