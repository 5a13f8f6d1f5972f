-- A timer that the engine loses is missed by nobody but the sweep: it must know when each edition is to be looked at again.
alter table edition add column look_at timestamptz;          -- the edition's clock; null: nothing is due by itself
-- What a run does not answer to is not signalled for ever at the same pace: each try costs its history a few events.
alter table pending_wake add column woken_at timestamptz;    -- real time of the last signal that the engine took
