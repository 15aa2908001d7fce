-- Security events. The sequence tells their order, and by its distance from the newest, without
-- counting, which are one too many.

CREATE TABLE audit_events (
  sequence    bigint      GENERATED ALWAYS AS IDENTITY,
  recorded_at timestamptz NOT NULL,
  event       text        COLLATE "C" NOT NULL,
  actor       text        COLLATE "C" NOT NULL,
  subject     text        COLLATE "C" NOT NULL,
  ip          text        COLLATE "C" NOT NULL,
  request_id  text        COLLATE "C" NOT NULL,
  CONSTRAINT audit_events_pkey PRIMARY KEY (sequence)
);

CREATE INDEX audit_events_by_subject ON audit_events (subject, sequence);
