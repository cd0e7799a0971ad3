-- What becomes of the rows of ``incoming``, once it is known whom they are about. Parameters: group_id, phase_id.

-- What a commit would do to those who are enrolled already. An answer that the file does not give is never taken away.
update incoming t set enrolment_id = e.id, effect = case when e.answers || t.answers is distinct from e.answers
    or (t.title, t.first_name, t.last_name, t.area_code) is distinct from
      (p.title, p.first_name, p.last_name, p.area_code)
    or coalesce(t.sex, p.sex) is distinct from p.sex or coalesce(t.birth_date, p.birth_date) is distinct from p.birth_date
    or coalesce(t.house_no, p.house_no) is distinct from p.house_no or coalesce(t.moo, p.moo) is distinct from p.moo
    or coalesce(t.phones, p.phones) is distinct from p.phones
    or coalesce(t.guardian_name, p.guardian_name) is distinct from p.guardian_name
  then 'update' else 'unchanged' end
from enrolments e join persons p on p.tenant_id = e.tenant_id and p.id = e.person_id
where t.effect is not null and e.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and e.person_id = t.person_id and e.phase_id = :phase_id and e.group_id = :group_id;

update incoming t set enrolment_id = e.id,
  effect = case when e.answers || t.answers is distinct from e.answers then 'update' else 'unchanged' end
from enrolments e
where t.effect is not null and t.search_name is null
  and e.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint
  and e.subject_institution_id = t.institution_id and e.phase_id = :phase_id and e.group_id = :group_id
