-- Whom people may write to, in each row of an edition that is read (store/editions.ts, columns): it read everybody.
create index person_contact on person (edition, (role <> 'coordinator'), place) where place is not null;

-- Whose mail comes back, on the board (store/board.ts, listings) and on the page of an edition (failingAddresses).
create index person_unreachable on person (edition) where unreachable_at is not null;

-- What a decision is about: a session that was moved is no session any more (store/plans.ts, planColumns).
create index ask_about on ask (about) where about is not null;

-- What was escalated about some of thousands, when their mails are written (store/views/stage.ts).
create index rung_about on rung (ask, about) where about <> '';
