-- Instances that serve, each with the time of its last sign of life.
CREATE TABLE instances (
  id      uuid        NOT NULL,
  seen_at timestamptz NOT NULL,
  CONSTRAINT instances_pkey PRIMARY KEY (id)
);
