-- A link to one's preferences went to an address: when that changes, the links that are out open nothing any more.
alter table person add column preferences_n integer not null default 1;
