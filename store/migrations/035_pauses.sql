-- When a pause without an end began, by the business clock: on `resume`, open dates move by the working days that passed since.
alter table edition add column paused_at timestamptz;
alter table edition add constraint edition_paused check ((status = 'paused') = (paused_at is not null)) not valid;

-- What asks, and was queued when the edition was paused, is neither due nor lost.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('queued', 'sending', 'accepted', 'failed', 'uncertain', 'dropped', 'held')) not valid;
