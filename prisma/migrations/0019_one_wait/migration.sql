-- Words of a customer whom this process knows take one wait for Postgres instead of two: the commit itself proves that the
-- session is still theirs. Answers are told as JSON, which costs less to write than JSONB.

DROP FUNCTION append(jsonb);
CREATE FUNCTION append(commands jsonb) RETURNS json LANGUAGE plpgsql
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
  session jsonb;
  c conversation%ROWTYPE;
  known message%ROWTYPE;
  entry jsonb;
  words jsonb;
  audience text;
  job jsonb;
  decision_row jsonb;
  seqs integer[];
  superseded json;
  ended_run uuid;
  ended_message uuid;
  epoch_before integer;
  customer_wrote boolean;
  answers json[] := '{}';
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
    IF NOT FOUND THEN answers := answers || '{"outcome":"not_found"}'::json; CONTINUE; END IF;

    -- Whoever was recognised from memory must be the same now: by token, conversation and site, and all called as they were.
    session := command->'session';
    IF session IS NOT NULL THEN
      PERFORM FROM chat_session s
      JOIN contact k ON k.company_id = company AND k.id = c.contact_id
      JOIN agent a ON a.company_id = company AND a.id = c.agent_id
      LEFT JOIN "user" u ON u.id = c.operator_id
      WHERE s.id = (session->>'id')::uuid AND s.company_id = company AND s.token_hash = session->>'tokenHash'
        AND s.state <> 'CLOSED' AND s.expires_at > moment AND s.conversation_id = target
        AND s.contact_id = c.contact_id AND c.contact_id = (session->>'contactId')::uuid
        AND (session->>'origin' IS NULL OR (s.origin = session->>'origin' AND s.origin = ANY (a.allowed_origins)))
        AND k.name IS NOT DISTINCT FROM session->>'contactName' AND a.name = session->>'agentName'
        AND u.name IS NOT DISTINCT FROM session->>'operatorName' AND u.image IS NOT DISTINCT FROM session->>'operatorImage';
      IF NOT FOUND THEN answers := answers || '{"outcome":"stranger"}'::json; CONTINUE; END IF;
    END IF;

    IF command ? 'external' THEN
      SELECT m.* INTO known FROM external_message x JOIN message m ON m.id = x.message_id
      WHERE x.connection_id = (command#>>'{external,connectionId}')::uuid AND x.external_id = command#>>'{external,id}';
      IF FOUND THEN
        answers := answers || json_build_object('outcome', 'duplicate', 'message', known, 'conversation', c, 'names', conversation_names(c));
        CONTINUE;
      END IF;
    END IF;
    IF command ? 'clientId' THEN
      SELECT * INTO known FROM message WHERE conversation_id = target AND client_id = command->>'clientId';
      IF FOUND THEN
        answers := answers || json_build_object('outcome', 'duplicate', 'message', known, 'conversation', c, 'names', conversation_names(c));
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
      answers := answers || json_build_object('outcome', 'conflict', 'conversation', c, 'names', conversation_names(c));
      CONTINUE;
    END IF;

    -- A run ends once, by the holder of its newest fence.
    IF finish IS NOT NULL THEN
      UPDATE run SET state = finish->>'state', text = coalesce(finish->>'text', text), finished_at = moment, lease_until = NULL,
                     model = coalesce(finish->>'model', model), detail = detail || coalesce(finish->'detail', '{}')
      WHERE id = (finish->>'runId')::uuid AND company_id = company AND conversation_id = target
        AND fence = (finish->>'fence')::integer AND state IN ('queued', 'running');
      IF NOT FOUND THEN
        answers := answers || json_build_object('outcome', 'conflict', 'conversation', c, 'names', conversation_names(c));
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
        answers := answers || json_build_object('outcome', 'conflict', 'conversation', c, 'names', conversation_names(c));
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

    -- A newer word of the customer, or a new owner, ends what the AI was about to say. Elsewhere than in ACTIVE there is
    -- nothing to end: runs begin only there, and each way out of it raises the epoch.
    IF (customer_wrote AND c.state = 'ACTIVE') OR c.epoch <> epoch_before THEN
      UPDATE run SET state = 'superseded', finished_at = moment, lease_until = NULL
      WHERE conversation_id = target AND company_id = company AND state IN ('queued', 'running')
      RETURNING id, message_id INTO ended_run, ended_message;
      -- There is never more than one.
      IF FOUND THEN
        superseded := json_build_array(json_build_object('runId', ended_run, 'messageId', ended_message));
      END IF;
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

    answers := answers || json_build_object('outcome', 'done', 'seqs', seqs, 'superseded', superseded, 'conversation', c,
      'names', CASE WHEN c.operator_id IS DISTINCT FROM (command->>'operatorId')::uuid THEN conversation_names(c) END);
  END LOOP;
  PERFORM write_log(last_company, entries, places, numbers, moments, changed);
  RETURN array_to_json(answers);
END $$;

-- How far into its log a conversation's facts reach: what a busy conversation says many times a minute is read once.
ALTER TABLE conversation_fact ADD COLUMN head integer NOT NULL DEFAULT 0;

-- When a window of theirs last spoke by itself, since one was opened; nothing where its program never does.
ALTER TABLE presence ADD COLUMN told_at timestamptz(3);

-- As before; and a stream is no proof that somebody is there: the line of a closed laptop stands open for minutes. Windows
-- that speak by themselves do so once a minute, and whoever's have fallen silent for longer is not seen any more.
DROP FUNCTION sweep_seen(uuid[], uuid[], text[], boolean[]);
CREATE FUNCTION sweep_seen(companies uuid[], users uuid[], chosen text[], looked boolean[],
                           arrives boolean[] DEFAULT NULL)
RETURNS TABLE (of_company uuid, person uuid, standing text) LANGUAGE plpgsql AS $$
DECLARE
  company uuid;
  arrived boolean;
BEGIN
  FOR company IN SELECT DISTINCT c FROM unnest(companies) AS c ORDER BY c LOOP
    PERFORM set_config('baton.company', company::text, true);
    -- Two who note the same person would each decide on what stood before the other.
    PERFORM 1 FROM presence p WHERE p.company_id = company AND p.user_id = ANY(users) ORDER BY p.user_id FOR UPDATE;
    WITH said AS (
      SELECT m.user_id, (array_agg(seen.status ORDER BY seen.n DESC) FILTER (WHERE seen.status IS NOT NULL))[1] AS chosen,
             bool_or(seen.looked) AS looked, bool_or(seen.arrives) AS arrives
      FROM unnest(companies, users, chosen, looked, arrives) WITH ORDINALITY AS seen (company_id, user_id, status, looked, arrives, n)
      JOIN member m ON m.company_id = company AND m.user_id = seen.user_id
      WHERE seen.company_id = company GROUP BY m.user_id
    ), before AS (
      SELECT said.*, CASE WHEN p.seen_at > now() - interval '45 seconds' THEN p.status END AS was, coalesce(p.unseen, false) AS was_unseen,
             CASE WHEN said.looked OR said.chosen IS NOT NULL THEN now()
                  WHEN said.looked = false THEN coalesce(p.looked_at, now()) ELSE p.looked_at END AS looked_at,
             CASE WHEN said.looked IS NOT NULL THEN now() WHEN said.arrives THEN NULL ELSE p.told_at END AS told_at,
             p.seen_at
      FROM said LEFT JOIN presence p ON p.company_id = company AND p.user_id = said.user_id
    ), decided AS (
      SELECT before.*, by_hand.status IS DISTINCT FROM 'away' AND before.looked_at < now() - interval '5 minutes' AS unseen,
             coalesce(by_hand.status, 'online') AS wanted,
             coalesce(before.told_at < now() - interval '150 seconds', false) AS silent
      FROM before CROSS JOIN LATERAL (
        SELECT coalesce(before.chosen, CASE WHEN before.was_unseen THEN 'online' ELSE before.was END) AS status
      ) by_hand
    ), noted AS (
      INSERT INTO presence (company_id, user_id, status, seen_at, looked_at, unseen, told_at)
      SELECT company, d.user_id, CASE WHEN d.unseen THEN 'away' ELSE d.wanted END,
             CASE WHEN d.silent THEN d.seen_at ELSE now() END, d.looked_at, coalesce(d.unseen, false), d.told_at
      FROM decided d ORDER BY d.user_id
      ON CONFLICT ON CONSTRAINT presence_pkey DO UPDATE
        SET status = excluded.status, seen_at = excluded.seen_at, looked_at = excluded.looked_at, unseen = excluded.unseen,
            told_at = excluded.told_at
      RETURNING presence.user_id, presence.status
    )
    SELECT bool_or(noted.status = 'online' AND decided.was IS DISTINCT FROM 'online' AND NOT decided.silent) INTO arrived
    FROM noted JOIN decided USING (user_id);
    IF arrived AND EXISTS (SELECT FROM routing r WHERE r.company_id = company AND r.active) THEN
      PERFORM graphile_worker.add_job('desk.route', json_build_object('companyId', company),
        queue_name => 'route:' || company, job_key => 'route:' || company);
    END IF;
    RETURN QUERY SELECT company, p.user_id, p.status FROM presence p
      WHERE p.company_id = company AND p.user_id IN (SELECT u FROM unnest(companies, users) AS asked (c, u) WHERE c = company);
  END LOOP;
  PERFORM set_config('baton.company', '', true);
END $$;
