-- By this row instances recognise a server that is behind what they have seen. The epoch rises when the database is
-- restored and when an operator accepts such a server; the beats with each sign of life of an instance.
CREATE TABLE database_epochs (
  id    smallint NOT NULL DEFAULT 1,
  epoch bigint   NOT NULL,
  beats bigint   NOT NULL DEFAULT 0,
  CONSTRAINT database_epochs_pkey PRIMARY KEY (id),
  CONSTRAINT database_epochs_one_row CHECK (id = 1),
  CONSTRAINT database_epochs_epoch_positive CHECK (epoch > 0)
) WITH (fillfactor = 10);

INSERT INTO database_epochs (id, epoch) VALUES (1, 1);
