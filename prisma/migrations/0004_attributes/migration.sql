-- What operators know of a conversation besides its words: topic, team, needed skills, language, tags, snooze, the clock
-- that runs, and what the AI may do after a person handed back. Changed through append, so that each change is in the log.

CREATE TABLE team (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, id),
  UNIQUE (company_id, name)
);

ALTER TABLE conversation
  ADD COLUMN topic text NOT NULL DEFAULT 'General',
  ADD COLUMN team_id uuid,
  ADD COLUMN skills text[] NOT NULL DEFAULT '{}',
  ADD COLUMN language text,
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
  ADD COLUMN snoozed_until timestamptz(3),
  ADD COLUMN due jsonb,
  ADD COLUMN scope jsonb,
  ADD FOREIGN KEY (company_id, team_id) REFERENCES team (company_id, id) ON DELETE SET NULL (team_id);

ALTER TABLE message ADD COLUMN data jsonb;

ALTER TABLE contact
  ADD COLUMN language text,
  ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';

-- Whoever is snoozed needs nobody until the time has come, or the customer writes.
DROP TRIGGER conversation_recounted ON conversation;
DROP INDEX conversation_needs;
ALTER TABLE conversation DROP COLUMN needs_response;
ALTER TABLE conversation ADD COLUMN needs_response boolean NOT NULL GENERATED ALWAYS AS (
  snoozed_until IS NULL
  AND (state = 'WAITING_HUMAN' OR (state = 'WITH_HUMAN' AND last_author IS NOT DISTINCT FROM 'customer'))) STORED;
CREATE INDEX conversation_needs ON conversation (company_id, waiting DESC, needed_since, id) WHERE needs_response AND head > 0;
CREATE INDEX conversation_snoozed ON conversation (company_id, snoozed_until, id) WHERE snoozed_until IS NOT NULL;
CREATE INDEX conversation_waiting_customer ON conversation (company_id, last_message_at DESC, id DESC)
  WHERE state = 'WITH_HUMAN' AND NOT needs_response AND snoozed_until IS NULL;
CREATE INDEX conversation_team ON conversation (company_id, team_id, waiting DESC, last_message_at DESC, id DESC)
  WHERE team_id IS NOT NULL AND state IN ('WAITING_HUMAN', 'WITH_HUMAN');

CREATE OR REPLACE FUNCTION conversation_views(c conversation) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN c.head = 0 THEN '{}'::text[] ELSE
    ARRAY['all']
    || CASE WHEN c.needs_response THEN ARRAY['needs_response'] ELSE '{}' END
    || CASE WHEN c.state = 'ACTIVE' THEN ARRAY['ai'] ELSE '{}' END
    || CASE WHEN c.waiting THEN ARRAY['waiting'] ELSE '{}' END
    || CASE WHEN c.waiting AND c.snoozed_until IS NULL THEN ARRAY['unassigned'] ELSE '{}' END
    || CASE WHEN c.state IN ('RESOLVED', 'ABANDONED') THEN ARRAY['resolved'] ELSE '{}' END
    || CASE WHEN c.operator_id IS NOT NULL THEN ARRAY['mine:' || c.operator_id] ELSE '{}' END
    || CASE WHEN c.snoozed_until IS NOT NULL THEN ARRAY['snoozed'] ELSE '{}' END
    || CASE WHEN c.state = 'WITH_HUMAN' AND NOT c.needs_response AND c.snoozed_until IS NULL
            THEN ARRAY['waiting_customer'] ELSE '{}' END
    || CASE WHEN c.team_id IS NOT NULL AND c.state IN ('WAITING_HUMAN', 'WITH_HUMAN')
            THEN ARRAY['team:' || c.team_id] ELSE '{}' END
  END
$$;

CREATE TRIGGER conversation_recounted AFTER UPDATE ON conversation FOR EACH ROW
  WHEN (OLD.state <> NEW.state OR OLD.needs_response <> NEW.needs_response OR (OLD.head = 0) <> (NEW.head = 0)
        OR OLD.operator_id IS DISTINCT FROM NEW.operator_id OR OLD.company_id <> NEW.company_id
        OR OLD.team_id IS DISTINCT FROM NEW.team_id OR OLD.snoozed_until IS DISTINCT FROM NEW.snoozed_until)
  EXECUTE FUNCTION count_conversation();

-- The attributes of a conversation, whole, as an event of the log carries them.
CREATE FUNCTION conversation_attributes(c conversation) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('topic', c.topic, 'teamId', c.team_id, 'skills', to_jsonb(c.skills), 'language',
    c.language, 'tags', to_jsonb(c.tags), 'snoozedUntil', c.snoozed_until, 'due', c.due, 'scope', c.scope))
$$;

-- A conversation with some of its attributes changed: each key that is given, null where it is to be none. Tags are added
-- and removed one by one, so that two who tag at once do not undo each other.
CREATE FUNCTION with_attributes(c conversation, change jsonb) RETURNS conversation LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF change ? 'topic' THEN c.topic := change->>'topic'; END IF;
  IF change ? 'teamId' THEN c.team_id := (change->>'teamId')::uuid; END IF;
  IF change ? 'skills' THEN c.skills := ARRAY(SELECT jsonb_array_elements_text(change->'skills')); END IF;
  IF change ? 'language' THEN c.language := change->>'language'; END IF;
  IF change ? 'snoozedUntil' THEN c.snoozed_until := (change->>'snoozedUntil')::timestamptz; END IF;
  IF change ? 'due' THEN c.due := nullif(change->'due', 'null'); END IF;
  IF change ? 'scope' THEN c.scope := nullif(change->'scope', 'null'); END IF;
  IF change ? 'addTags' THEN
    c.tags := c.tags || ARRAY(SELECT tag FROM jsonb_array_elements_text(change->'addTags') AS tag WHERE tag <> ALL (c.tags));
  END IF;
  IF change ? 'removeTags' THEN
    c.tags := ARRAY(SELECT tag FROM unnest(c.tags) WITH ORDINALITY AS had (tag, n)
                    WHERE tag NOT IN (SELECT jsonb_array_elements_text(change->'removeTags')) ORDER BY n);
  END IF;
  RETURN c;
END $$;

-- As before, with attributes and structured data.
CREATE OR REPLACE FUNCTION append(commands jsonb) RETURNS jsonb LANGUAGE plpgsql
-- Planning its statements anew for each call would cost more than they do.
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  command jsonb;
  company uuid;
  target uuid;
  moment timestamptz;
  guard jsonb;
  patch jsonb;
  finish jsonb;
  c conversation%ROWTYPE;
  known message%ROWTYPE;
  entry jsonb;
  words jsonb;
  audience text;
  job jsonb;
  decision_row jsonb;
  seqs integer[];
  superseded jsonb;
  epoch_before integer;
  customer_wrote boolean;
  answers jsonb[] := '{}';
  -- What is to be written at the end, and for which conversations.
  entries jsonb[] := '{}';
  places uuid[] := '{}';
  numbers integer[] := '{}';
  moments timestamptz[] := '{}';
  changed conversation[] := '{}';
  touched uuid[] := '{}';
  last_company uuid;
BEGIN
  FOR command IN SELECT * FROM jsonb_array_elements(commands) LOOP
    company := (command->>'companyId')::uuid;
    target := (command->>'conversationId')::uuid;
    IF target = ANY(touched) OR company <> last_company THEN
      PERFORM write_log(last_company, entries, places, numbers, moments, changed);
      entries := '{}'; places := '{}'; numbers := '{}'; moments := '{}'; changed := '{}'; touched := '{}';
    END IF;
    IF last_company IS DISTINCT FROM company THEN
      PERFORM set_config('baton.company', company::text, true);
      last_company := company;
    END IF;

    moment := coalesce((command->>'now')::timestamptz, now());
    guard := command->'guard';
    patch := coalesce(command->'patch', '{}');
    finish := command->'finish';
    seqs := '{}';
    superseded := '[]';
    customer_wrote := false;

    SELECT * INTO c FROM conversation WHERE company_id = company AND id = target FOR UPDATE;
    IF NOT FOUND THEN answers := answers || '{"outcome":"not_found"}'::jsonb; CONTINUE; END IF;

    IF command ? 'external' THEN
      SELECT m.* INTO known FROM external_message x JOIN message m ON m.id = x.message_id
      WHERE x.connection_id = (command#>>'{external,connectionId}')::uuid AND x.external_id = command#>>'{external,id}';
      IF FOUND THEN
        answers := answers || jsonb_build_object('outcome', 'duplicate', 'message', to_jsonb(known), 'conversation', to_jsonb(c) || conversation_names(c));
        CONTINUE;
      END IF;
    END IF;
    IF command ? 'clientId' THEN
      SELECT * INTO known FROM message WHERE conversation_id = target AND client_id = command->>'clientId';
      IF FOUND THEN
        answers := answers || jsonb_build_object('outcome', 'duplicate', 'message', to_jsonb(known), 'conversation', to_jsonb(c) || conversation_names(c));
        CONTINUE;
      END IF;
    END IF;

    IF guard IS NOT NULL AND (
         (guard ? 'state' AND c.state <> guard->>'state')
      OR (guard ? 'epoch' AND c.epoch <> (guard->>'epoch')::integer)
      OR (guard ? 'operatorId' AND c.operator_id IS DISTINCT FROM (guard->>'operatorId')::uuid)
      OR (guard ? 'lastCustomerSeq' AND c.last_customer_seq <> (guard->>'lastCustomerSeq')::integer)
    ) THEN
      answers := answers || jsonb_build_object('outcome', 'conflict', 'conversation', to_jsonb(c) || conversation_names(c));
      CONTINUE;
    END IF;

    -- A run ends once, by the holder of its newest fence.
    IF finish IS NOT NULL THEN
      UPDATE run SET state = finish->>'state', text = coalesce(finish->>'text', text), finished_at = moment, lease_until = NULL,
                     model = coalesce(finish->>'model', model), detail = detail || coalesce(finish->'detail', '{}')
      WHERE id = (finish->>'runId')::uuid AND company_id = company AND conversation_id = target
        AND fence = (finish->>'fence')::integer AND state IN ('queued', 'running');
      IF NOT FOUND THEN
        answers := answers || jsonb_build_object('outcome', 'conflict', 'conversation', to_jsonb(c) || conversation_names(c));
        CONTINUE;
      END IF;
    END IF;

    -- A delivery only moves forward, or once more from the start where a person asks for it.
    IF command ? 'delivery' THEN
      UPDATE delivery SET state = command#>>'{delivery,state}', code = command#>>'{delivery,code}', words = command#>>'{delivery,words}',
                          changed_at = moment, next_at = NULL,
                          attempts = CASE WHEN command#>>'{delivery,state}' = 'waiting' THEN 0 ELSE attempts END
      WHERE message_id = (command#>>'{delivery,messageId}')::uuid AND company_id = company AND conversation_id = target
        AND CASE WHEN command#>>'{delivery,state}' = 'waiting' THEN state IN ('failed', 'unknown')
                 ELSE delivery_moves(state, command#>>'{delivery,state}') END;
      IF NOT FOUND THEN
        answers := answers || jsonb_build_object('outcome', 'conflict', 'conversation', to_jsonb(c) || conversation_names(c));
        CONTINUE;
      END IF;
    END IF;

    epoch_before := c.epoch;
    IF patch ? 'state' THEN
      c.state := patch->>'state';
      c.state_since := moment;
    END IF;
    IF patch ? 'epoch' THEN c.epoch := (patch->>'epoch')::integer; END IF;
    IF patch ? 'operatorId' THEN c.operator_id := (patch->>'operatorId')::uuid; END IF;
    IF patch ? 'waitingSince' THEN c.waiting_since := (patch->>'waitingSince')::timestamptz; END IF;
    IF patch ? 'reason' THEN c.reason := patch->>'reason'; END IF;
    IF patch ? 'offered' THEN c.offered := (patch->>'offered')::boolean; END IF;
    IF patch ? 'closedAt' THEN c.closed_at := (patch->>'closedAt')::timestamptz; END IF;
    IF command ? 'attributes' THEN c := with_attributes(c, command->'attributes'); END IF;

    FOR entry IN SELECT * FROM jsonb_array_elements(coalesce(command->'entries', '[]')) LOOP
      c.head := c.head + 1;
      IF entry->>'type' = 'attributes' THEN
        entry := jsonb_set(entry, '{payload,attributes}', conversation_attributes(c));
      END IF;
      seqs := seqs || c.head;
      entries := entries || entry;
      places := places || target;
      numbers := numbers || c.head;
      moments := moments || moment;
      words := entry->'message';
      audience := coalesce(entry->>'audience', 'all');
      IF words IS NOT NULL THEN
        IF words->>'authorKind' = 'customer' THEN
          customer_wrote := true;
          c.snoozed_until := NULL;
          c.last_customer_seq := c.head;
          c.operator_unread := c.operator_unread + 1;
          c.customer_unread := 0;
          c.customer_read := c.head;
        ELSIF audience = 'all' AND words->>'authorKind' <> 'system' THEN
          c.customer_unread := c.customer_unread + 1;
          IF words->>'authorKind' = 'operator' THEN
            c.operator_unread := 0;
            c.operator_read := c.head;
          END IF;
        END IF;
        IF words->>'authorKind' <> 'system' AND audience = 'all' THEN
          c.snippet := left(regexp_replace(words->>'text', '\s+', ' ', 'g'), 140);
          c.last_author := words->>'authorKind';
          c.last_message_at := moment;
        END IF;
      END IF;
    END LOOP;
    IF command ? 'external' THEN
      INSERT INTO external_message (company_id, connection_id, external_id, message_id)
      VALUES (company, (command#>>'{external,connectionId}')::uuid, command#>>'{external,id}', (command#>>'{external,messageId}')::uuid);
      UPDATE thread SET last_external_id = command#>>'{external,id}',
                        last_customer_at = CASE WHEN customer_wrote THEN moment ELSE last_customer_at END
      WHERE id = c.thread_id AND company_id = company;
    END IF;
    changed := changed || c;
    touched := touched || target;

    -- A newer word of the customer, or a new owner, ends what the AI was about to say.
    IF customer_wrote OR c.epoch <> epoch_before THEN
      WITH ended AS (
        UPDATE run SET state = 'superseded', finished_at = moment, lease_until = NULL
        WHERE conversation_id = target AND company_id = company AND state IN ('queued', 'running')
        RETURNING id, message_id
      ) SELECT coalesce(jsonb_agg(jsonb_build_object('runId', id, 'messageId', message_id)), '[]') INTO superseded FROM ended;
    END IF;

    IF command ? 'run' THEN
      -- Whoever commits the message may hold the run from the start, so that the first word need not wait for a claim.
      INSERT INTO run (id, company_id, conversation_id, agent_id, message_id, customer_seq, epoch, created_at, state, fence,
                       worker, lease_until, started_at)
      SELECT (asked->>'id')::uuid, company, target, c.agent_id, (asked->>'messageId')::uuid, c.last_customer_seq, c.epoch, moment,
             CASE WHEN asked ? 'holder' THEN 'running' ELSE 'queued' END, CASE WHEN asked ? 'holder' THEN 1 ELSE 0 END,
             asked->>'holder', CASE WHEN asked ? 'holder' THEN now() + (asked->>'leaseMs')::integer * interval '1 millisecond' END,
             CASE WHEN asked ? 'holder' THEN now() END
      FROM (SELECT command->'run' AS asked) AS given
      -- The same customer message may be answered again after a hand-back, never by two runs at once.
      ON CONFLICT (conversation_id, customer_seq) DO UPDATE
        SET id = excluded.id, message_id = excluded.message_id, epoch = excluded.epoch, state = excluded.state,
            fence = excluded.fence, lease_until = excluded.lease_until, worker = excluded.worker, text = '', model = NULL,
            detail = '{}', created_at = excluded.created_at, started_at = excluded.started_at, first_token_at = NULL,
            finished_at = NULL;
    END IF;

    IF command ? 'decisions' THEN
      FOR decision_row IN SELECT * FROM jsonb_array_elements(command->'decisions') LOOP
        INSERT INTO decision (id, company_id, conversation_id, run_id, seq, phase, outcome, reason, sentence, trace, signals, versions, created_at)
        VALUES ((decision_row->>'id')::uuid, company, target, (decision_row->>'runId')::uuid,
                coalesce((decision_row->>'seq')::integer, c.last_customer_seq), decision_row->>'phase', decision_row->>'outcome',
                decision_row->>'reason', decision_row->>'sentence', decision_row->'trace', decision_row->'signals',
                decision_row->'versions', moment);
      END LOOP;
    END IF;

    IF command ? 'escalation' THEN
      INSERT INTO escalation (id, company_id, conversation_id, reason, sentence, packet, created_at)
      VALUES ((command#>>'{escalation,id}')::uuid, company, target, command#>>'{escalation,reason}',
              command#>>'{escalation,sentence}', command#>'{escalation,packet}', moment);
    END IF;
    IF command ? 'acceptedBy' THEN
      UPDATE escalation SET accepted_at = moment, accepted_by = (command->>'acceptedBy')::uuid
      WHERE company_id = company AND conversation_id = target AND accepted_at IS NULL;
    END IF;

    IF command ? 'jobs' THEN
      FOR job IN SELECT * FROM jsonb_array_elements(command->'jobs') LOOP
        PERFORM graphile_worker.add_job(job->>'task', coalesce(job->'payload', '{}')::json,
          queue_name => job->>'queue', run_at => coalesce((job->>'runAt')::timestamptz, now()),
          max_attempts => coalesce((job->>'maxAttempts')::integer, 12), job_key => job->>'key');
      END LOOP;
    END IF;

    answers := answers || jsonb_build_object('outcome', 'done', 'seqs', to_jsonb(seqs), 'superseded', superseded,
      'conversation', CASE WHEN c.operator_id IS NOT DISTINCT FROM (command->>'operatorId')::uuid THEN to_jsonb(c)
                           ELSE to_jsonb(c) || conversation_names(c) END);
  END LOOP;
  PERFORM write_log(last_company, entries, places, numbers, moments, changed);
  RETURN to_jsonb(answers);
END $$;

CREATE OR REPLACE FUNCTION write_log(company uuid, entries jsonb[], places uuid[], numbers integer[], moments timestamptz[],
                          changed conversation[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  leaving_from uuid[];
  target uuid;
BEGIN
  IF cardinality(changed) = 0 THEN RETURN; END IF;
  INSERT INTO event (company_id, conversation_id, seq, type, audience, payload, created_at)
  SELECT company, place, seq, entry->>'type', coalesce(entry->>'audience', 'all'), entry->'payload', moment
  FROM unnest(entries, places, numbers, moments) AS logged (entry, place, seq, moment);

  INSERT INTO message (id, company_id, conversation_id, seq, author_kind, author_id, author_name, text, audience, client_id,
                       reply_to, sources, attachments, notice, answer, data, created_at)
  SELECT (entry#>>'{message,id}')::uuid, company, place, seq, entry#>>'{message,authorKind}', entry#>>'{message,authorId}',
         entry#>>'{message,authorName}', entry#>>'{message,text}', coalesce(entry->>'audience', 'all'),
         entry#>>'{message,clientId}', (entry#>>'{message,replyTo}')::uuid, entry#>'{message,sources}',
         entry#>'{message,attachments}', entry#>'{message,notice}', entry#>'{message,answer}', entry#>'{message,data}', moment
  FROM unnest(entries, places, numbers, moments) AS logged (entry, place, seq, moment)
  WHERE entry ? 'message';

  -- Words of ours to a customer on a platform are on their way there from this very commit.
  IF EXISTS (SELECT FROM unnest(changed) AS c WHERE c.thread_id IS NOT NULL) THEN
    WITH leaving AS (
      INSERT INTO delivery (message_id, company_id, conversation_id, connection_id, thread_id, seq, template, choices, created_at, changed_at)
      SELECT (entry#>>'{message,id}')::uuid, company, place, t.connection_id, t.id, logged.seq, entry->'template', entry->'choices', moment, moment
      FROM unnest(entries, places, numbers, moments) AS logged (entry, place, seq, moment)
      JOIN unnest(changed) AS c ON c.id = place
      JOIN thread t ON t.company_id = company AND t.id = c.thread_id
      WHERE entry ? 'message' AND entry#>>'{message,authorKind}' <> 'customer' AND coalesce(entry->>'audience', 'all') = 'all'
        AND NOT entry ? 'silent'
      RETURNING conversation_id
    ) SELECT array_agg(DISTINCT conversation_id) INTO leaving_from FROM leaving;
    FOREACH target IN ARRAY coalesce(leaving_from, '{}') LOOP
      PERFORM graphile_worker.add_job('message.deliver', json_build_object('companyId', company, 'conversationId', target),
        queue_name => 'deliver:' || target, max_attempts => 100, job_key => 'deliver:' || target);
    END LOOP;
  END IF;

  UPDATE conversation AS kept SET state = c.state, epoch = c.epoch, head = c.head, operator_id = c.operator_id,
    state_since = c.state_since, waiting_since = c.waiting_since, reason = c.reason, offered = c.offered, snippet = c.snippet,
    last_author = c.last_author, last_message_at = c.last_message_at, last_customer_seq = c.last_customer_seq,
    customer_unread = c.customer_unread, operator_unread = c.operator_unread, customer_read = c.customer_read,
    operator_read = c.operator_read, closed_at = c.closed_at,
    topic = c.topic, team_id = c.team_id, skills = c.skills, language = c.language, tags = c.tags,
    snoozed_until = c.snoozed_until, due = c.due, scope = c.scope
  FROM unnest(changed) AS c
  WHERE kept.company_id = company AND kept.id = c.id;
END $$;

ALTER TABLE team ENABLE ROW LEVEL SECURITY;
ALTER TABLE team FORCE ROW LEVEL SECURITY;
CREATE POLICY company_rows ON team USING (company_id = current_company()) WITH CHECK (company_id = current_company());
