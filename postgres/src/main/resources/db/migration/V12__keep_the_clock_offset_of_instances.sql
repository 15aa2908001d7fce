-- How far the wall clock of each instance is ahead of the database's; NULL of a release that does not
-- measure it.
ALTER TABLE instances ADD COLUMN clock_offset_seconds double precision;
