-- Mails that were given up, for whoever reads measures (store/figures.ts).
create index outbox_given_up on outbox (template) where state = 'failed';
