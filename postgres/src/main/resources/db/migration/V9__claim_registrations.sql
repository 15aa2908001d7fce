-- While somebody works on a registration its row is a claim: registered at no time yet, so that it
-- counts for nothing to versions that know no claims, and in force until a moment.
ALTER TABLE registrations ADD COLUMN claimed_until timestamptz;
