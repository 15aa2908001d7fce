-- The day from which the cleanup looks at a session. A refresh leaves it as it is, so that its update is
-- heap-only: an index of the end itself made each of them write to every index. The release before does
-- not name the column; its sessions, and those from before, are looked at once and given a later day.
ALTER TABLE sessions ADD COLUMN cleanup_on date NOT NULL DEFAULT CURRENT_DATE;
