-- The iterations between which a series went back to what it had passed: only there may it have several points of one
-- iteration, of which the last counts. Nobody knows it of what is there already.
alter table scalar_series
  add column repeated_from double precision,
  add column repeated_to double precision;
update scalar_series set repeated_from = first_iteration, repeated_to = last_iteration;
