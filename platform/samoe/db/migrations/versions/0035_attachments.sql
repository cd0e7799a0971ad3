-- Who sees a case opens the files that were kept with it, whoever brought them.
DROP POLICY narrow ON documents;
CREATE POLICY narrow ON documents AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or (purpose = 'import' or uploaded_by = (select nullif(current_setting('app.actor', true), '')::uuid) or (subject_type = 'enrolment' and exists (select 1 from enrolments e where e.tenant_id = documents.tenant_id and e.id = documents.subject_id)))));
