-- The rows of a batch for the length of this transaction, with who and what they meet in the registry. ``effect`` is
-- null for rows that are not imported; what is created takes the row's own id, so person_id and enrolment_id are those
-- that are known already. institution_id is the known one or, where there is none, the id that it gets. What the staged row
-- says of the same, when it is gathered for a commit, is kept beside it. ``finding`` are the answers that a list of items gave, whatever becomes of them.
create temporary table incoming (
  id uuid, sheet_no int, sheet text, row_no int, class text, reasons text[], typed jsonb, extra jsonb,
  resolution text default '', effect text, area_code text, title text, first_name text, last_name text,
  search_name text, sort_key text, sex text, birth_date date, house_no text, moo text, phones text[],
  guardian_name text, identifier_kind text, identifier text, checksum_ok boolean, institution_kind text,
  institution_name text, institution_sort text, agency text, answers jsonb, finding jsonb, submission text,
  person_id uuid, institution_id uuid, enrolment_id uuid, maybe_same boolean default false,
  staged_effect text, staged_person uuid, staged_institution uuid, staged_enrolment uuid
) on commit drop
