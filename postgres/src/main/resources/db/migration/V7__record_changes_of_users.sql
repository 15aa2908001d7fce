-- Which users changed, for instances that keep some in memory. A version of NULL means that the user is
-- gone. The trigger waits for the end of the transaction, so that a change bears the time at which it
-- is committed and not an earlier one; it also sees what older programs write beside this one.
-- Of new users nobody can have kept anything, and a password is kept by nobody.

CREATE TABLE user_changes (
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  user_id    uuid        NOT NULL,
  version    bigint
);

CREATE INDEX user_changes_by_time ON user_changes (changed_at);

CREATE FUNCTION record_change_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO user_changes (user_id, version) VALUES (OLD.id, NEW.version);
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER changes_of_users_recorded
  AFTER UPDATE ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.version IS DISTINCT FROM NEW.version)
  EXECUTE FUNCTION record_change_of_user();

CREATE CONSTRAINT TRIGGER deletions_of_users_recorded
  AFTER DELETE ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_change_of_user();
