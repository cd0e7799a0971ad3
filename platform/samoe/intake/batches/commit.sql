-- Everything a commit writes, from ``incoming`` after matching.sql. Each statement is one step for all rows.
-- Parameters: batch, group_id, group_bit, phase_id, register, status, manifest_version, as_of.
-- What is about to be changed is kept first: undo restores it to the letter. "only" names what there must be among the
-- rows for a statement to have anything to do.

-- only: institutions
insert into institutions (id, kind, name, name_key, sort_key, area_code, area_bit, import_batch_id)
select distinct t.institution_id, t.institution_kind, t.institution_name, t.institution_name, t.institution_sort,
  t.area_code, district_bit(t.area_code), cast(:batch as uuid)
from incoming t
where t.institution_id is not null and not exists (
  select 1 from institutions i
  where i.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and i.id = t.institution_id);

-- only: institutions
insert into institution_supervisions (id, institution_id, agency_name, area_bit, from_on, import_batch_id)
select distinct on (t.institution_id) t.id, t.institution_id, t.agency, district_bit(t.area_code), :as_of, :batch
from incoming t
where t.institution_id is not null and t.agency is not null and not exists (
  select 1 from institution_supervisions s
  where s.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
    and s.institution_id = t.institution_id and s.to_on is null)
order by t.institution_id, t.id;

-- Persons: what changes, what is new.
-- only: known
insert into import_changes (id, batch_id, table_name, row_id, operation, before)
select gen_random_uuid(), :batch, 'persons', p.id, 'update', to_jsonb(p)
from persons p join incoming t on t.person_id = p.id
where p.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and (t.effect = 'update' or t.enrolment_id is null) and p.import_batch_id is distinct from :batch;

-- only: known
update persons p set title = coalesce(t.title, p.title), first_name = t.first_name, last_name = t.last_name,
  search_name = t.search_name, sort_key = t.sort_key, sex = coalesce(t.sex, p.sex),
  birth_date = coalesce(t.birth_date, p.birth_date),
  birth_precision = case when t.birth_date is null then p.birth_precision else 'day' end,
  area_code = t.area_code, area_bit = district_bit(t.area_code), house_no = coalesce(t.house_no, p.house_no),
  moo = coalesce(t.moo, p.moo), phones = coalesce(t.phones, p.phones),
  guardian_name = coalesce(t.guardian_name, p.guardian_name), updated_at = now(), row_version = p.row_version + 1
from incoming t
where p.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and p.id = t.person_id
  and (t.effect = 'update' or t.enrolment_id is null)
  and (p.title, p.first_name, p.last_name, p.sex, p.birth_date, p.area_code, p.house_no, p.moo, p.phones, p.guardian_name)
    is distinct from (coalesce(t.title, p.title), t.first_name, t.last_name, coalesce(t.sex, p.sex),
      coalesce(t.birth_date, p.birth_date), t.area_code, coalesce(t.house_no, p.house_no), coalesce(t.moo, p.moo),
      coalesce(t.phones, p.phones), coalesce(t.guardian_name, p.guardian_name));

insert into persons (id, title, first_name, last_name, search_name, sort_key, sex, birth_date, birth_precision,
  area_code, area_bit, house_no, moo, phones, guardian_name, import_batch_id)
select t.id, t.title, t.first_name, t.last_name, t.search_name, t.sort_key, t.sex, t.birth_date,
  case when t.birth_date is null then 'unknown' else 'day' end, t.area_code, district_bit(t.area_code),
  t.house_no, t.moo, t.phones, t.guardian_name, :batch
from incoming t where t.person_id is null and t.search_name is not null;

-- Enrolments.
-- only: update
insert into import_changes (id, batch_id, table_name, row_id, operation, before)
select gen_random_uuid(), :batch, 'enrolments', e.id, 'update', to_jsonb(e)
from enrolments e join incoming t on t.enrolment_id = e.id
where e.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and t.effect = 'update' and e.answers || t.answers is distinct from e.answers;

-- only: update
update enrolments e set answers = e.answers || t.answers, manifest_version = :manifest_version,
  updated_at = now(), row_version = e.row_version + 1
from incoming t
where e.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and e.id = t.enrolment_id
  and t.effect = 'update' and e.answers || t.answers is distinct from e.answers;

insert into enrolments (id, group_id, group_bit, phase_id, person_id, subject_institution_id, institution_id, register,
  status, status_on, area_code, area_bit, event_area_code, answers, manifest_version, happened_on, import_batch_id)
select t.id, :group_id, :group_bit, :phase_id, case when t.search_name is not null then coalesce(t.person_id, t.id) end,
  case when t.search_name is null then t.institution_id end, t.institution_id, :register, :status, :as_of, t.area_code,
  district_bit(t.area_code), t.area_code, t.answers, :manifest_version, :as_of, :batch
from incoming t where t.enrolment_id is null;

-- What hangs on a person comes after the enrolment through which the person is reached.
insert into person_identifiers (id, person_id, kind, value, checksum_ok, valid_from)
select t.id, t.id, t.identifier_kind, t.identifier, t.checksum_ok, :as_of
from incoming t where t.identifier is not null and t.person_id is null;

insert into placements (id, person_id, institution_id, from_on, reason, import_batch_id)
select t.id, coalesce(t.person_id, t.id), t.institution_id, :as_of, 'import', :batch
from incoming t
where t.search_name is not null and t.institution_id is not null and (t.person_id is null or not exists (
  select 1 from placements x
  where x.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and x.person_id = t.person_id
    and x.institution_id = t.institution_id and x.to_on is null));

-- only: maybe_same
-- The few are looked up one by one (OFFSET 0 keeps it so): joined freely, a file met every person of the province.
insert into duplicate_candidates (id, person_id, other_person_id, reason, import_batch_id)
select gen_random_uuid(), t.id, p.id, 'same_name_and_birth_date', :batch
from incoming t cross join lateral (
  select known.id from persons known
  where known.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
    and known.sort_key = t.sort_key
    and known.search_name = t.search_name and known.birth_date = t.birth_date and known.id <> t.id
    and known.merged_into_id is null
  offset 0) p
where t.maybe_same and t.person_id is null;

-- How far the data of an institution have come.
-- only: submissions
insert into import_changes (id, batch_id, table_name, row_id, operation, before)
select gen_random_uuid(), :batch, 'data_submissions', d.id, 'update', to_jsonb(d)
from data_submissions d join incoming t on t.institution_id = d.institution_id
where d.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and d.phase_id = :phase_id
  and d.group_id = :group_id and t.submission is not null and d.state not in (t.submission, 'certified');

-- only: submissions
update data_submissions d set state = t.submission, state_on = :as_of, updated_at = now(), row_version = d.row_version + 1
from incoming t
where d.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and d.institution_id = t.institution_id
  and d.phase_id = :phase_id and d.group_id = :group_id and t.submission is not null
  and d.state not in (t.submission, 'certified');

-- only: submissions
insert into data_submissions (id, institution_id, phase_id, group_id, state, state_on, area_bit, area_code, import_batch_id)
select t.id, t.institution_id, :phase_id, :group_id, t.submission, :as_of, district_bit(t.area_code), t.area_code, :batch
from incoming t
where t.submission is not null and t.institution_id is not null and not exists (
  select 1 from data_submissions d
  where d.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
    and d.institution_id = t.institution_id and d.phase_id = :phase_id and d.group_id = :group_id);

-- The staged rows know what becomes of them since they were checked; only what is otherwise now is written again.
-- only: otherwise
update import_rows r set institution_id = t.institution_id, effect = t.effect,
  person_id = case when t.search_name is not null then coalesce(t.person_id, t.id) end,
  enrolment_id = coalesce(t.enrolment_id, t.id)
from incoming t
where r.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and r.id = t.id
  and (t.staged_effect, t.staged_institution, t.staged_person, t.staged_enrolment) is distinct from (t.effect,
    t.institution_id, case when t.search_name is not null then coalesce(t.person_id, t.id) end,
    coalesce(t.enrolment_id, t.id))
