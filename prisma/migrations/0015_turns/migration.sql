-- What a turn counts since a hand-back, replies that cross, whose customers a vanished operator leaves, and a question that waits.

-- Where conversations were handed back: each turn counts from the newest.
CREATE INDEX message_handed_back ON message (conversation_id, seq) WHERE notice->>'kind' = 'handed_back';

-- As before, and a while later: whoever takes an end back at once has asked nobody.
CREATE OR REPLACE FUNCTION ask_for_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('rating.ask', json_build_object('companyId', NEW.company_id, 'conversationId', NEW.id),
    run_at => now() + interval '30 seconds', max_attempts => 12, job_key => 'rating.ask:' || NEW.id);
  RETURN NULL;
END $$;

-- Whether a conversation waits for a word of its operator, who was seen last at "seen" and not since "gone".
CREATE FUNCTION waits_for_absent(c conversation, seen timestamptz, gone timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(c.state = 'WITH_HUMAN' AND c.snoozed_until IS NULL AND coalesce(seen < gone, true) AND CASE
    -- Its snooze ran out, and nobody was there to see it.
    WHEN c.woken_at > greatest(c.last_message_at, c.state_since) THEN c.woken_at < gone
    -- They were here while they had it, or were taken to be.
    WHEN c.state_since < seen + interval '45 seconds' THEN c.last_author IS DISTINCT FROM 'operator'
    -- It was given to them when they were gone. Who answers from elsewhere is not seen here, and is there all the same.
    ELSE c.state_since < gone AND NOT EXISTS (
      SELECT FROM message m WHERE m.conversation_id = c.id AND m.created_at >= c.state_since
        AND m.author_kind = 'operator' AND m.audience = 'all')
  END, false)
$$;

-- Operators who are not here and whose word a conversation waits for, and since when nothing was to be seen of them.
CREATE OR REPLACE FUNCTION sweep_vanished(at timestamptz, most integer)
RETURNS TABLE (company_id uuid, user_id uuid, unseen_since timestamptz) LANGUAGE plpgsql AS $$
DECLARE
  holders jsonb;
  holder jsonb;
  found integer := 0;
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  -- What was said is in no sweep: here is who may have left somebody waiting, and below, company by company, who has.
  SELECT jsonb_agg(jsonb_build_object('company', h.company_id, 'person', h.operator_id, 'seen', h.seen_at, 'gone', h.gone)) INTO holders
  FROM (
    SELECT DISTINCT c.company_id, c.operator_id, p.seen_at, away.gone FROM conversation c
    LEFT JOIN presence p ON p.company_id = c.company_id AND p.user_id = c.operator_id
    LEFT JOIN routing r ON r.company_id = c.company_id
    CROSS JOIN LATERAL (
      SELECT at - interval '1 second' *
        CASE WHEN r.company_id IS NULL THEN 120 ELSE (r.settings->>'vanishAfterSeconds')::integer END AS gone
    ) away
    WHERE c.operator_id IS NOT NULL AND c.snoozed_until IS NULL AND c.state_since < away.gone
      AND (p.seen_at IS NULL OR p.seen_at < away.gone)
    ORDER BY p.seen_at NULLS LAST
  ) h;
  PERFORM set_config('baton.scope', '', true);
  FOR holder IN SELECT * FROM jsonb_array_elements(coalesce(holders, '[]')) LOOP
    EXIT WHEN found >= most;
    company_id := (holder->>'company')::uuid;
    user_id := (holder->>'person')::uuid;
    unseen_since := (holder->>'gone')::timestamptz;
    PERFORM set_config('baton.company', company_id::text, true);
    CONTINUE WHEN NOT EXISTS (
      SELECT FROM conversation c WHERE c.company_id = sweep_vanished.company_id AND c.operator_id = sweep_vanished.user_id
        AND waits_for_absent(c, (holder->>'seen')::timestamptz, unseen_since));
    found := found + 1;
    RETURN NEXT;
  END LOOP;
  PERFORM set_config('baton.company', '', true);
END $$;

-- As before, and a guard can hold that nobody else has replied since.
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
      OR (guard ? 'noReply' AND EXISTS (
           SELECT FROM message m WHERE m.conversation_id = target AND m.seq > (guard#>>'{noReply,after}')::integer AND m.audience = 'all'
             AND m.author_kind IN ('agent', 'operator') AND m.author_id IS DISTINCT FROM guard#>>'{noReply,but}'))
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
