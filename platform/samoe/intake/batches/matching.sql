-- Whom the rows of ``incoming`` meet in the registry. What becomes of them is said by effects.sql.
-- A file of new people changes no row here; every join has an index (that of names is on the sort key, which equal names
-- share), so that it is fast whatever the statistics say.

-- By identifier.
update incoming t set person_id = i.person_id
from person_identifiers i
where t.effect is not null and i.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and i.kind = t.identifier_kind and i.value = t.identifier and i.valid_to is null;

-- Without an identifier on either side: the same name, birth date and subdistrict, the first with the first and the
-- second with the second, so that the same file twice is the same people.
with typed as (
  select id, sort_key, search_name, birth_date, area_code,
    row_number() over (partition by search_name, birth_date, area_code order by sheet_no, row_no) as nth
  from incoming
  where effect is not null and identifier is null and search_name is not null and resolution <> 'new'
), known as (
  -- A record that was merged into another stands for that one, unless the file speaks of it in a row of its own.
  select coalesce(p.merged_into_id, p.id) as id, p.search_name, p.birth_date, p.area_code,
    row_number() over (partition by p.search_name, p.birth_date, p.area_code order by p.id) as nth
  from persons p
  where p.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
    and p.sort_key in (select sort_key from typed)
    and not exists (select 1 from person_identifiers i
      where i.tenant_id = p.tenant_id and i.person_id = p.id and i.valid_to is null)
    and (p.merged_into_id is null or not exists (select 1 from incoming o where o.person_id = p.merged_into_id)
      and exists (select 1 from person_identifiers i
        where i.tenant_id = p.tenant_id and i.person_id = p.merged_into_id and i.valid_to is null)
      and not exists (select 1 from persons twin where twin.tenant_id = p.tenant_id
        and twin.merged_into_id = p.merged_into_id and twin.id < p.id))
)
update incoming t set person_id = k.id
from typed y join known k on k.search_name = y.search_name and k.nth = y.nth
  and k.birth_date is not distinct from y.birth_date and k.area_code is not distinct from y.area_code
where t.id = y.id;

-- The same name and birth date as somebody known, but nothing that proves it: imported, and put before a person.
update incoming t set maybe_same = true
from persons p
where t.effect is not null and t.person_id is null and t.birth_date is not null and t.resolution <> 'new'
  and p.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and p.sort_key = t.sort_key and p.search_name = t.search_name and p.birth_date = t.birth_date
  and p.merged_into_id is null
  and (t.identifier is null or not exists (select 1 from person_identifiers i
    where i.tenant_id = p.tenant_id and i.person_id = p.id and i.kind = t.identifier_kind and i.valid_to is null));

update incoming t set institution_id = i.id
from institutions i
where t.effect is not null and i.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and i.area_code = t.area_code and i.kind = t.institution_kind and i.name_key = t.institution_name
  and i.id is distinct from t.institution_id
