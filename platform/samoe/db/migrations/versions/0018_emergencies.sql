-- One record of a province, open to the fund in an emergency (docs/decisions/0036-one-record-for-an-hour.md), and the papers
-- that must be on file before.
CREATE TABLE safeguards (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	basis TEXT,
	document_id UUID NOT NULL,
	signed_on DATE NOT NULL,
	valid_until DATE,
	recorded_by UUID NOT NULL,
	withdrawn_at TIMESTAMP WITH TIME ZONE,
	withdrawn_by UUID,
	withdrawn_reason TEXT,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_safeguards PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_safeguards_tenant_id_document_id FOREIGN KEY(tenant_id, document_id) REFERENCES documents (tenant_id, id),
	CONSTRAINT ck_safeguards_kind CHECK (kind in ('impact_assessment', 'sharing_agreement', 'basis_of_province', 'basis_of_fund')),
	CONSTRAINT ck_safeguards_dates CHECK (valid_until is null or valid_until >= signed_on),
	CONSTRAINT ck_safeguards_basis CHECK ((kind in ('basis_of_province', 'basis_of_fund')) = (basis is not null)),
	CONSTRAINT ck_safeguards_withdrawn CHECK (num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3))
);
CREATE INDEX ix_safeguards_document_id ON safeguards (tenant_id, document_id);
CREATE INDEX ix_safeguards_kind ON safeguards (tenant_id, kind);
GRANT SELECT, INSERT, UPDATE, DELETE ON safeguards TO samoe_app;
ALTER TABLE safeguards ENABLE ROW LEVEL SECURITY;
ALTER TABLE safeguards FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON safeguards AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON safeguards AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
CREATE TRIGGER history_update AFTER UPDATE ON safeguards REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON safeguards REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

CREATE TABLE emergency_openings (
	tenant_id SMALLINT DEFAULT nullif(current_setting('app.tenant', true), '')::smallint NOT NULL,
	id UUID NOT NULL,
	person_id UUID NOT NULL,
	member_id UUID NOT NULL,
	opened_by UUID NOT NULL,
	opened_name TEXT NOT NULL,
	opened_role TEXT NOT NULL,
	reason TEXT NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	until_at TIMESTAMP WITH TIME ZONE NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE,
	times_read INTEGER DEFAULT 0 NOT NULL,
	verdict TEXT,
	review_note TEXT,
	reviewed_by UUID,
	reviewed_at TIMESTAMP WITH TIME ZONE,
	recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_emergency_openings PRIMARY KEY (tenant_id, id),
	CONSTRAINT fk_emergency_openings_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES persons (tenant_id, id),
	CONSTRAINT ck_emergency_openings_reason CHECK (length(reason) >= 20),
	CONSTRAINT ck_emergency_openings_until CHECK (until_at > opened_at and until_at <= opened_at + interval '60 minutes'),
	CONSTRAINT ck_emergency_openings_verdict CHECK (verdict in ('proper', 'improper')),
	CONSTRAINT ck_emergency_openings_reviewed CHECK (num_nulls(verdict, reviewed_by, reviewed_at) in (0, 3)),
	CONSTRAINT ck_emergency_openings_said_why CHECK (verdict <> 'improper' or review_note is not null),
	CONSTRAINT ck_emergency_openings_another_reviews CHECK (reviewed_by <> opened_by)
);
CREATE INDEX ix_emergency_openings_id ON emergency_openings (tenant_id, id) WHERE verdict is null;
CREATE INDEX ix_emergency_openings_opened_at ON emergency_openings (tenant_id, opened_at);
CREATE INDEX ix_emergency_openings_person_id ON emergency_openings (tenant_id, person_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON emergency_openings TO samoe_app;
ALTER TABLE emergency_openings ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_openings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON emergency_openings AS PERMISSIVE FOR ALL TO samoe_app, samoe_owner USING (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::smallint);
CREATE POLICY narrow ON emergency_openings AS RESTRICTIVE FOR SELECT TO samoe_app USING (((select current_setting('app.whole', true)) = 'on' or false));
CREATE TRIGGER history_update AFTER UPDATE ON emergency_openings REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
CREATE TRIGGER history_delete AFTER DELETE ON emergency_openings REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION keep_history();

-- What the province has not on file, or not any more, on a day. Empty: the record of one person may be shown to the fund.
CREATE FUNCTION missing_safeguards(on_day date) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT needed FROM unnest(ARRAY['impact_assessment', 'sharing_agreement', 'basis_of_province', 'basis_of_fund']) needed
  WHERE NOT EXISTS (SELECT 1 FROM safeguards s
    WHERE s.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint AND s.kind = needed
      AND s.withdrawn_at IS NULL AND s.signed_on <= on_day AND (s.valid_until IS NULL OR s.valid_until >= on_day)) $$;

-- What is on file does not change: it is withdrawn, once. What was opened in an emergency is written by the functions
-- below, which run as the table's owner; from outside only the verdict can be added, once, and by nobody twice.
CREATE FUNCTION safeguards_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL
    OR (to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_reason'])
      <> (to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by', 'withdrawn_reason'])
  THEN
    RAISE EXCEPTION 'a safeguard on file is not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON safeguards FOR EACH ROW EXECUTE FUNCTION safeguards_stay();

CREATE FUNCTION emergencies_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE open_to_all text[] := ARRAY['person_id'];  -- follows the person when two records turn out to be one
BEGIN
  IF current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) THEN
    open_to_all := open_to_all || ARRAY['closed_at', 'times_read'];
  ELSIF TG_OP = 'UPDATE' AND OLD.verdict IS NULL THEN
    open_to_all := open_to_all || ARRAY['verdict', 'review_note', 'reviewed_by', 'reviewed_at'];
  ELSIF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'an emergency is opened by open_emergency()' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (to_jsonb(NEW) - open_to_all) <> (to_jsonb(OLD) - open_to_all) THEN
    RAISE EXCEPTION 'what was opened in an emergency is not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON emergency_openings
FOR EACH ROW EXECUTE FUNCTION emergencies_stay();

-- Ids of what is noted here are in time order, as everywhere (UUIDv7).
CREATE FUNCTION id_in_time() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1),
    'hex')::uuid $$;

-- One line in the trail of the tenant that is set.
CREATE FUNCTION note_emergency(me jsonb, verb text, subject uuid, why text, particulars jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO audit_events (tenant_id, id, actor_id, actor_name, actor_role, verb, subject_type, subject_id, reason, detail)
  VALUES (current_setting('app.tenant')::smallint, id_in_time(), (me ->> 'id')::uuid, me ->> 'display_name',
    me ->> 'role', verb, 'person', subject::text, why, particulars) $$;

-- Who acts, if that is a member of the fund whose role may do this (tests/unit/registry/test_emergencies.py holds the
-- roles equal to roles.toml). Refused otherwise, whatever the application thinks.
CREATE FUNCTION emergency_member() RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me jsonb; today date := (now() AT TIME ZONE 'Asia/Bangkok')::date;
BEGIN
  SELECT to_jsonb(m) || jsonb_build_object('display_name', a.display_name) INTO me
  FROM memberships m JOIN accounts a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE m.tenant_id = 1 AND current_setting('app.tenant', true) = '1'
    AND m.id = nullif(current_setting('app.actor', true), '')::uuid
    AND m.role = ANY (ARRAY['fund_admin', 'operator']) AND m.disabled_at IS NULL
    AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today);
  IF me IS NULL THEN
    RAISE EXCEPTION 'only for emergencies, by those of the fund who may' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN me;
END $$;

-- What the member has opened in the last thirty days, in whichever provinces, without who it is about.
CREATE FUNCTION own_emergencies() RETURNS TABLE (
  province smallint, id uuid, reason text, opened_at timestamptz, until_at timestamptz, closed_at timestamptz,
  verdict text, review_note text
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me jsonb := emergency_member(); one smallint;
BEGIN
  FOR one IN SELECT t.id FROM tenants t WHERE t.kind <> 'fund' ORDER BY t.id LOOP
    PERFORM set_config('app.tenant', one::text, true);
    RETURN QUERY SELECT o.tenant_id, o.id, o.reason, o.opened_at, o.until_at, o.closed_at, o.verdict, o.review_note
      FROM emergency_openings o
      WHERE o.tenant_id = one AND o.member_id = (me ->> 'id')::uuid AND o.opened_at > now() - interval '30 days';
  END LOOP;
  PERFORM set_config('app.tenant', '1', true);
END $$;

-- Opens one record of a province to the member who acts, for an hour: answers opened, not_found, no_safeguards,
-- another_open or too_many. Somebody is told in the province, and both trails say so; also that somebody tried.
CREATE FUNCTION open_emergency(province smallint, person uuid, identifier text, why text)
RETURNS TABLE (answer text, opening uuid) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me jsonb := emergency_member(); found uuid; made uuid := id_in_time();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('emergency ' || (me ->> 'id'), 0));
  IF (SELECT count(*) FROM audit_events e WHERE e.tenant_id = 1 AND e.actor_id = (me ->> 'id')::uuid
      AND e.verb = 'emergency_missed' AND e.recorded_at > now() - interval '1 hour') >= 5 THEN
    RETURN QUERY SELECT 'too_many', NULL::uuid; RETURN;
  END IF;
  IF EXISTS (SELECT 1 FROM own_emergencies() o WHERE o.closed_at IS NULL AND o.until_at > clock_timestamp()) THEN
    RETURN QUERY SELECT 'another_open', NULL::uuid; RETURN;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = province AND t.kind <> 'fund') THEN
    RETURN QUERY SELECT 'not_found', NULL::uuid; RETURN;
  END IF;
  PERFORM set_config('app.tenant', province::text, true);
  IF EXISTS (SELECT 1 FROM missing_safeguards((now() AT TIME ZONE 'Asia/Bangkok')::date)) THEN
    PERFORM set_config('app.tenant', '1', true);
    RETURN QUERY SELECT 'no_safeguards', NULL::uuid; RETURN;
  END IF;
  SELECT coalesce(p.merged_into_id, p.id) INTO found FROM persons p
  WHERE p.tenant_id = province AND (p.id = person OR person IS NULL AND p.id IN (SELECT i.person_id
    FROM person_identifiers i WHERE i.tenant_id = province AND i.value = identifier AND i.valid_to IS NULL)) LIMIT 1;
  IF found IS NULL THEN
    PERFORM note_emergency(me, 'emergency_missed', NULL, why, NULL);
    PERFORM set_config('app.tenant', '1', true);
    PERFORM note_emergency(me, 'emergency_missed', NULL, why, jsonb_build_object('province', province));
    RETURN QUERY SELECT 'not_found', NULL::uuid; RETURN;
  END IF;
  INSERT INTO emergency_openings (tenant_id, id, person_id, member_id, opened_by, opened_name, opened_role, reason,
    opened_at, until_at)
  VALUES (province, made, found, (me ->> 'id')::uuid, (me ->> 'account_id')::uuid, me ->> 'display_name', me ->> 'role',
    why, clock_timestamp(), clock_timestamp() + interval '60 minutes' - interval '1 second');
  PERFORM note_emergency(me, 'emergency_opened', found, why, jsonb_build_object('opening', made));
  INSERT INTO notices (tenant_id, id, account_id, kind, subject_id, params)
  SELECT province, id_in_time(), told.account_id, 'emergency_opened', made, '{}' FROM (
    SELECT DISTINCT m.account_id FROM memberships m
    WHERE m.tenant_id = province AND m.role IN ('province_lead', 'dpo') AND m.disabled_at IS NULL
      AND (m.ends_on IS NULL OR m.ends_on >= (now() AT TIME ZONE 'Asia/Bangkok')::date)) told;
  PERFORM set_config('app.tenant', '1', true);
  PERFORM note_emergency(me, 'emergency_opened', NULL, why, jsonb_build_object('province', province, 'opening', made));
  RETURN QUERY SELECT 'opened', made;
END $$;

-- The record behind a live opening of the member who acts, with the least that helps: who and where, in which groups and
-- how far, what was paid. No numbers, addresses, telephones or answers. NULL where nothing is open. Each time is noted.
CREATE FUNCTION read_emergency(opening uuid) RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me jsonb := emergency_member(); place smallint; o record; told jsonb;
BEGIN
  SELECT own.province INTO place FROM own_emergencies() own
  WHERE own.id = opening AND own.closed_at IS NULL AND own.until_at > clock_timestamp();
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM set_config('app.tenant', place::text, true);
  UPDATE emergency_openings x SET times_read = times_read + 1 WHERE x.tenant_id = place AND x.id = opening
  RETURNING x.* INTO o;
  SELECT jsonb_build_object(
    'province', place, 'until', o.until_at, 'reason', o.reason,
    'person', jsonb_build_object('title', p.title, 'first_name', p.first_name, 'last_name', p.last_name, 'sex', p.sex,
      'birth_date', p.birth_date, 'birth_precision', p.birth_precision, 'area_code', p.area_code),
    'places', coalesce((SELECT jsonb_agg(jsonb_build_object('institution', i.name, 'from_on', s.from_on, 'to_on', s.to_on)
        ORDER BY s.from_on DESC NULLS LAST)
      FROM placements s JOIN institutions i ON i.tenant_id = s.tenant_id AND i.id = s.institution_id
      WHERE s.tenant_id = place AND s.person_id = p.id), '[]'),
    'cases', coalesce((SELECT jsonb_agg(jsonb_build_object('group', g.slug, 'phase', f.number, 'status', e.status,
        'status_on', e.status_on, 'decision', e.decision, 'closed_on', e.closed_on) ORDER BY e.recorded_at)
      FROM enrolments e JOIN tenant_groups g ON g.tenant_id = e.tenant_id AND g.id = e.group_id
        JOIN phases f ON f.tenant_id = e.tenant_id AND f.id = e.phase_id
      WHERE e.tenant_id = place AND e.person_id = p.id AND e.folded_into_id IS NULL), '[]'),
    'payments', coalesce((SELECT jsonb_agg(jsonb_build_object('group', y.group_slug, 'amount', y.amount,
        'status', y.status, 'paid_on', y.paid_on) ORDER BY y.recorded_at)
      FROM payments y WHERE y.tenant_id = place AND y.person_id = p.id), '[]'))
  INTO told FROM persons p WHERE p.tenant_id = place AND p.id = o.person_id;
  PERFORM note_emergency(me, 'read', o.person_id, o.reason, jsonb_build_object('opening', opening));
  PERFORM set_config('app.tenant', '1', true);
  RETURN told;
END $$;

-- Closes an opening of the member who acts before its hour is over.
CREATE FUNCTION close_emergency(opening uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me jsonb := emergency_member(); place smallint; about uuid;
BEGIN
  SELECT own.province INTO place FROM own_emergencies() own
  WHERE own.id = opening AND own.closed_at IS NULL AND own.until_at > clock_timestamp();
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM set_config('app.tenant', place::text, true);
  UPDATE emergency_openings x SET closed_at = clock_timestamp() WHERE x.tenant_id = place AND x.id = opening
  RETURNING x.person_id INTO about;
  PERFORM note_emergency(me, 'emergency_closed', about, NULL, jsonb_build_object('opening', opening));
  PERFORM set_config('app.tenant', '1', true);
  RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION emergency_member(), own_emergencies(), open_emergency(smallint, uuid, text, text),
  read_emergency(uuid), close_emergency(uuid), note_emergency(jsonb, text, uuid, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_emergencies(), open_emergency(smallint, uuid, text, text), read_emergency(uuid),
  close_emergency(uuid) TO samoe_app, samoe_fund;
