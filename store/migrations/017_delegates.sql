-- Whoever was named to answer in somebody's place holds that place, and nothing else: their role is no longer a copy.
update person p set role = 'delegate'
where p.place is null
  and exists (select 1 from ask_person d where d.edition = p.edition and d.person = p.id and d.joined = 'delegate')
  and not exists (select 1 from application a where a.edition = p.edition and a.person = p.id);
