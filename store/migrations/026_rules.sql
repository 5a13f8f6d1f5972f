-- An edition's row keeps its rules alone: its people are in person, and its circuits name the first executive of the file.
update edition set file = (file - 'people') || coalesce(
  (select jsonb_build_object('executive', p->>'id') from jsonb_array_elements(file->'people') with ordinality as x(p, n)
   where p->>'role' = 'executive' order by n limit 1), '{}')
where file ? 'people';
