-- Words of a text as they are searched: without accents, in lower case, nothing but a space between them. Bound when they are made, and from what
-- Postgres itself has: a dump is restored, and any server migrated, without an extension.
create function plain_words(said text) returns text language sql immutable strict parallel safe
  return regexp_replace(replace(replace(lower(regexp_replace(normalize(said, NFD), '[\u0300-\u036f]', '', 'g')), 'œ', 'oe'), 'æ', 'ae'),
    '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g');

-- Of names and addresses each word as it is; of texts, its French stem too. What is typed so far finds the former by prefix, the latter finds other forms.
-- Not inlined, and dear: an index is always read rather than texts taken apart again.
create function words_of_name(said text) returns tsvector language sql immutable strict parallel safe cost 5000 set search_path = pg_catalog
  return to_tsvector('simple', plain_words(said));
create function words_of_text(said text) returns tsvector language sql immutable strict parallel safe cost 5000 set search_path = pg_catalog
  return to_tsvector('simple', plain_words(said)) || to_tsvector('french', plain_words(said));

-- Each serves the part of its kind in the one statement of a search (store/search.ts, found).
create index edition_words on edition using gin (words_of_text(title || ' ' || territory));
create index person_words on person using gin (words_of_name(name || ' ' || email));
create index project_words on project using gin (words_of_text(title));
create index document_words on document using gin (words_of_text(title || ' ' || body));
create index application_words on application using gin (words_of_text(title || ' ' || summary)) where state = 'submitted';
