-- Teams and what operators can do, who was seen when, office hours, service levels and their clocks, routing, the chain
-- along which nobody's conversations go, and how long each one waited.

CREATE TABLE office_hours (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL,
  schedule jsonb NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, id),
  UNIQUE (company_id, name)
);
CREATE UNIQUE INDEX office_hours_default ON office_hours (company_id) WHERE is_default;

ALTER TABLE team
  ADD COLUMN schedule_id uuid,
  ADD FOREIGN KEY (company_id, schedule_id) REFERENCES office_hours (company_id, id) ON DELETE SET NULL (schedule_id);

CREATE TABLE team_member (
  company_id uuid NOT NULL,
  team_id uuid NOT NULL,
  user_id uuid NOT NULL,
  PRIMARY KEY (team_id, user_id),
  FOREIGN KEY (company_id, team_id) REFERENCES team (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);
CREATE INDEX team_member_company_id_user_id_idx ON team_member (company_id, user_id);

CREATE TABLE operator_profile (
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  capacity integer NOT NULL DEFAULT 5 CHECK (capacity BETWEEN 0 AND 100),
  languages text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (company_id, user_id),
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);

CREATE TABLE operator_skill (
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  skill text NOT NULL,
  level integer NOT NULL CHECK (level BETWEEN 1 AND 5),
  PRIMARY KEY (company_id, user_id, skill),
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);

-- Rewritten every ten seconds for whoever is here and read whole by one sweep a minute: an index on seen_at would cost
-- more than it saves.
CREATE TABLE presence (
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('online', 'away')),
  seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, user_id),
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
) WITH (fillfactor = 50);

CREATE TABLE sla_policy (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  position integer NOT NULL DEFAULT 0,
  match jsonb NOT NULL DEFAULT '{}',
  targets jsonb NOT NULL,
  hours jsonb NOT NULL,
  -- The named hours that "hours" speaks of: they cannot go while clocks keep them.
  schedule_id uuid,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, id),
  UNIQUE (company_id, name),
  FOREIGN KEY (company_id, schedule_id) REFERENCES office_hours (company_id, id)
);
CREATE INDEX sla_policy_order ON sla_policy (company_id, position, created_at) WHERE enabled;

-- How far a conversation's log is read for its clocks, and what was read: when each began, stood still and was met.
CREATE TABLE sla_reading (
  conversation_id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  seq integer NOT NULL DEFAULT 0,
  facts jsonb NOT NULL DEFAULT '{}',
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);

-- One promise to one customer, under the policy as it was when last looked at.
CREATE TABLE sla_clock (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('first_response', 'next_response', 'resolution')),
  started_at timestamptz(3) NOT NULL,
  policy_id uuid,
  policy_name text NOT NULL,
  policy_version integer NOT NULL,
  minutes integer NOT NULL,
  -- None while the clock stands still.
  warn_at timestamptz(3),
  due_at timestamptz(3),
  warned_at timestamptz(3),
  breached_at timestamptz(3),
  met_at timestamptz(3),
  -- Over without being met: closed, handed back to the AI, or no policy holds any more.
  ended_at timestamptz(3),
  PRIMARY KEY (conversation_id, kind, started_at),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, policy_id) REFERENCES sla_policy (company_id, id) ON DELETE SET NULL (policy_id),
  CHECK (met_at IS NULL OR ended_at IS NULL)
);
CREATE INDEX sla_clock_running ON sla_clock (company_id, policy_id) WHERE met_at IS NULL AND ended_at IS NULL;
CREATE INDEX sla_clock_policy ON sla_clock (company_id, policy_id, started_at DESC);

CREATE TABLE routing (
  company_id uuid PRIMARY KEY REFERENCES company (id) ON DELETE CASCADE,
  settings jsonb NOT NULL,
  -- Something is to be done for who waits: conversations are given to people, or a chain runs.
  active boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- Where a waiting conversation stands in the chain; gone with its wait.
CREATE TABLE acceptance (
  conversation_id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  epoch integer NOT NULL,
  -- The version of the routing whose chain it is: a chain that was changed begins anew.
  routing_version integer NOT NULL,
  step integer NOT NULL,
  operator_id uuid,
  tried uuid[] NOT NULL DEFAULT '{}',
  until timestamptz(3) NOT NULL,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX acceptance_company_id_idx ON acceptance (company_id);

-- Each wait in the queue: the place it stands at, what it met when it began, what the customer was told, how it ended.
CREATE TABLE queue_wait (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  epoch integer NOT NULL,
  since timestamptz(3) NOT NULL,
  began_at timestamptz(3) NOT NULL,
  ahead integer NOT NULL,
  staff integer NOT NULL,
  told_minutes integer,
  ended_at timestamptz(3),
  operator_id uuid,
  PRIMARY KEY (conversation_id, epoch),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX queue_wait_accepted ON queue_wait (company_id, ended_at DESC) WHERE operator_id IS NOT NULL;

-- Whoever was seen within so long is here.
CREATE FUNCTION staff_online(company uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM presence
  WHERE company_id = company AND status = 'online' AND seen_at > now() - interval '45 seconds'
$$;

-- What follows from a conversation's changes, in the commit of the change whichever way it came: waits begin and end,
-- clocks are looked at, and whoever waits is routed.
CREATE FUNCTION conversation_at_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'WAITING_HUMAN' AND NEW.state <> 'WAITING_HUMAN' THEN
    UPDATE queue_wait SET ended_at = NEW.state_since, operator_id = NEW.operator_id
    WHERE company_id = NEW.company_id AND conversation_id = NEW.id AND ended_at IS NULL;
    DELETE FROM acceptance WHERE company_id = NEW.company_id AND conversation_id = NEW.id;
  ELSIF NEW.state = 'WAITING_HUMAN' AND OLD.state <> 'WAITING_HUMAN' THEN
    INSERT INTO queue_wait (company_id, conversation_id, epoch, since, began_at, ahead, staff)
    SELECT NEW.company_id, NEW.id, NEW.epoch, NEW.waiting_since, NEW.state_since,
           (SELECT count(*) FROM conversation c WHERE c.company_id = NEW.company_id AND c.state = 'WAITING_HUMAN'
              AND (c.waiting_since, c.id) < (NEW.waiting_since, NEW.id)),
           staff_online(NEW.company_id)
    ON CONFLICT (conversation_id, epoch) DO NOTHING;
  END IF;
  IF EXISTS (SELECT FROM sla_policy WHERE company_id = NEW.company_id AND enabled)
     OR EXISTS (SELECT FROM sla_clock WHERE conversation_id = NEW.id AND met_at IS NULL AND ended_at IS NULL) THEN
    PERFORM graphile_worker.add_job('sla.check', json_build_object('companyId', NEW.company_id, 'conversationId', NEW.id),
      queue_name => 'sla:' || NEW.id, job_key => 'sla:' || NEW.id);
  END IF;
  IF (NEW.state = 'WAITING_HUMAN' OR OLD.operator_id IS DISTINCT FROM NEW.operator_id)
     AND EXISTS (SELECT FROM routing WHERE company_id = NEW.company_id AND active) THEN
    PERFORM graphile_worker.add_job('desk.route', json_build_object('companyId', NEW.company_id),
      queue_name => 'route:' || NEW.company_id, job_key => 'route:' || NEW.company_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER conversation_at_desk AFTER UPDATE ON conversation FOR EACH ROW
  WHEN ((OLD.state IN ('WAITING_HUMAN', 'WITH_HUMAN') OR NEW.state IN ('WAITING_HUMAN', 'WITH_HUMAN'))
        AND (OLD.state <> NEW.state OR OLD.operator_id IS DISTINCT FROM NEW.operator_id
             OR OLD.last_message_at <> NEW.last_message_at OR OLD.last_author IS DISTINCT FROM NEW.last_author
             OR OLD.last_customer_seq <> NEW.last_customer_seq OR OLD.snoozed_until IS DISTINCT FROM NEW.snoozed_until
             OR OLD.team_id IS DISTINCT FROM NEW.team_id OR OLD.topic <> NEW.topic OR OLD.tags <> NEW.tags
             OR OLD.skills <> NEW.skills OR OLD.language IS DISTINCT FROM NEW.language))
  EXECUTE FUNCTION conversation_at_desk();

-- Sweeps: see 0001_init.

-- Notes who is here now, and answers how they stand: as they chose, or else as they stood, or online where they come anew.
-- Whoever comes, or is not away any more, may be given what waits.
CREATE FUNCTION sweep_seen(companies uuid[], users uuid[], chosen text[])
RETURNS TABLE (of_company uuid, person uuid, standing text) LANGUAGE plpgsql AS $$
DECLARE
  company uuid;
  people uuid[];
  standings text[];
  arrived boolean;
BEGIN
  FOR company IN SELECT DISTINCT c FROM unnest(companies) AS c ORDER BY c LOOP
    PERFORM set_config('baton.company', company::text, true);
    SELECT array_agg(now_here.user_id ORDER BY now_here.user_id), array_agg(now_here.status ORDER BY now_here.user_id),
           bool_or(now_here.status = 'online' AND now_here.was IS DISTINCT FROM 'online')
    INTO people, standings, arrived
    FROM (
      SELECT DISTINCT ON (m.user_id) m.user_id, was.status AS was, coalesce(seen.status, was.status, 'online') AS status
      FROM unnest(companies, users, chosen) WITH ORDINALITY AS seen (company_id, user_id, status, n)
      JOIN member m ON m.company_id = company AND m.user_id = seen.user_id
      LEFT JOIN presence was ON was.company_id = company AND was.user_id = m.user_id AND was.seen_at > now() - interval '45 seconds'
      WHERE seen.company_id = company
      -- What was chosen last counts before windows that are only open.
      ORDER BY m.user_id, seen.status IS NULL, seen.n DESC
    ) now_here;
    INSERT INTO presence (company_id, user_id, status, seen_at)
    SELECT company, who, status, now() FROM unnest(people, standings) AS here (who, status)
    ON CONFLICT ON CONSTRAINT presence_pkey DO UPDATE SET status = excluded.status, seen_at = excluded.seen_at;
    IF arrived AND EXISTS (SELECT FROM routing r WHERE r.company_id = company AND r.active) THEN
      PERFORM graphile_worker.add_job('desk.route', json_build_object('companyId', company),
        queue_name => 'route:' || company, job_key => 'route:' || company);
    END IF;
    RETURN QUERY SELECT company, who, status FROM unnest(people, standings) AS here (who, status);
  END LOOP;
  PERFORM set_config('baton.company', '', true);
END $$;

-- Operators who were here while they held a conversation, are not any more, and whose word it waits for.
CREATE FUNCTION sweep_vanished(at timestamptz, most integer)
RETURNS TABLE (company_id uuid, user_id uuid, unseen_since timestamptz) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT p.company_id, p.user_id, away.since FROM presence p
    LEFT JOIN routing r ON r.company_id = p.company_id
    CROSS JOIN LATERAL (
      SELECT at - interval '1 second' *
        CASE WHEN r.company_id IS NULL THEN 120 ELSE (r.settings->>'vanishAfterSeconds')::integer END AS since
    ) away
    WHERE p.seen_at < away.since
      AND EXISTS (SELECT FROM conversation c WHERE c.company_id = p.company_id AND c.operator_id = p.user_id
                    AND c.state = 'WITH_HUMAN' AND c.last_author IS DISTINCT FROM 'operator'
                    AND c.snoozed_until IS NULL AND c.state_since < p.seen_at)
    ORDER BY p.seen_at LIMIT most;
  PERFORM set_config('baton.scope', '', true);
END $$;

-- Companies in which somebody waits and something is done about it.
CREATE FUNCTION sweep_waiting() RETURNS SETOF uuid LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT r.company_id FROM routing r
    WHERE r.active AND EXISTS (SELECT FROM conversation c WHERE c.company_id = r.company_id AND c.state = 'WAITING_HUMAN');
  PERFORM set_config('baton.scope', '', true);
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['office_hours', 'team_member', 'operator_profile', 'operator_skill', 'presence', 'sla_policy', 'sla_reading',
                           'sla_clock', 'routing', 'acceptance', 'queue_wait'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['presence', 'routing'] LOOP
    EXECUTE format('CREATE POLICY sweep_rows ON %I USING (current_scope() = ''sweep'')', t);
  END LOOP;
END $$;
