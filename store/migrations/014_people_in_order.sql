-- Who takes part is said by the table once an edition runs; the file seeds it, in its order. Whoever joined since has no place in it.
alter table person add column place integer;
update person p set place = found.n
  from (select e.id as edition, x.p->>'id' as id, x.n::integer as n from edition e, jsonb_array_elements(e.file->'people') with ordinality as x(p, n)) found
  where p.edition = found.edition and p.id = found.id;
