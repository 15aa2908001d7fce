-- Every program that knows the table works without it; the cleanup of the release before reads the whole
-- table instead, once a minute, as long as one of its instances runs.
DROP INDEX CONCURRENTLY IF EXISTS sessions_by_end;
