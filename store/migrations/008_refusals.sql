-- A server that is away says nothing of a mail: only what it refused is counted towards giving up.
alter table outbox add column refusals integer not null default 0;
update outbox set refusals = attempts where state in ('queued', 'sending', 'failed');
