-- How many mails are held, in the whole installation: whoever keeps it in order is told (store/figures.ts, backlog).
create index outbox_held on outbox (edition, due_at) where state = 'held';
