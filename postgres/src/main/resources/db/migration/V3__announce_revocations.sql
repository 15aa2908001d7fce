-- Wakes the instances that listen. Without a payload, since they then read the table: so any number of
-- revocations in one transaction are one notice, and a notice that is lost loses nothing.

CREATE FUNCTION announce_revocations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY gatehouse_revocations;
  RETURN NULL;
END
$$;

CREATE TRIGGER revocations_announced
  AFTER INSERT ON revocations
  FOR EACH STATEMENT EXECUTE FUNCTION announce_revocations();
