-- Customers on the phone: who they are, their calls, and what was said before, in short. A phone number of the company is
-- a connection of the channel sms; messages and calls of one customer with it are one thread, so one conversation.

CREATE TABLE lead (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  phone_number text NOT NULL CHECK (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  contact_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'contacted', 'qualified', 'customer', 'lost')),
  call_consent_at timestamptz(3),
  -- As its threads say, of whatever line.
  opted_out_at timestamptz(3),
  last_call_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, id),
  UNIQUE (company_id, phone_number),
  FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id) ON DELETE CASCADE
);
CREATE INDEX lead_newest ON lead (company_id, created_at DESC, id DESC);
CREATE INDEX lead_status ON lead (company_id, status, created_at DESC, id DESC);
CREATE INDEX lead_contact ON lead (company_id, contact_id);

-- One call, however many ways it is told of: by the voice agent's platform, by the phone company, by ourselves.
CREATE TABLE phone_call (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  -- The entry of the log at which it was first told of.
  seq integer NOT NULL CHECK (seq > 0),
  direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  status text NOT NULL CHECK (status IN ('queued', 'ringing', 'in_progress', 'completed', 'busy', 'no_answer', 'failed', 'canceled')),
  call_sid text,
  voice_conversation_id text,
  -- The id that whoever asked for an outgoing call gave it: the same id twice is one call.
  request_id text,
  requested_by jsonb,
  context text,
  started_at timestamptz(3) NOT NULL,
  -- When we began to ask for it: a call that was asked for and never answered about is not asked for again.
  dialled_at timestamptz(3),
  answered_at timestamptz(3),
  ended_at timestamptz(3),
  duration_seconds integer CHECK (duration_seconds >= 0),
  cost double precision CHECK (cost >= 0),
  outcome text CHECK (outcome IN ('success', 'failure', 'unknown')),
  failure_reason text,
  recording_url text,
  summary text,
  created_at timestamptz(3) NOT NULL,
  UNIQUE (company_id, id),
  UNIQUE (connection_id, call_sid),
  UNIQUE (connection_id, voice_conversation_id),
  UNIQUE (company_id, request_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, lead_id) REFERENCES lead (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE
);
CREATE INDEX phone_call_conversation ON phone_call (company_id, conversation_id, seq DESC);
CREATE INDEX phone_call_lead ON phone_call (company_id, lead_id, started_at DESC);
-- What a company's agents have called since midnight.
CREATE INDEX phone_call_outgoing ON phone_call (company_id, created_at) WHERE direction = 'outbound';
-- Those that nobody has told the end of.
CREATE INDEX phone_call_live ON phone_call (started_at) WHERE status IN ('queued', 'ringing', 'in_progress');

-- A call only moves forward, whatever order its news come in; one end is as good as another.
CREATE FUNCTION call_moves(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(array_position(ARRAY['queued', 'ringing', 'in_progress'], before), 4)
       < coalesce(array_position(ARRAY['queued', 'ringing', 'in_progress'], after), 4)
$$;
CREATE FUNCTION refuse_call_backwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A call cannot go from % to %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER phone_call_forward BEFORE UPDATE ON phone_call FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NOT call_moves(OLD.status, NEW.status)) EXECUTE FUNCTION refuse_call_backwards();

-- What a conversation was about, up to an entry of its log.
CREATE TABLE conversation_summary (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  up_to_seq integer NOT NULL CHECK (up_to_seq > 0),
  text text NOT NULL,
  made_by text NOT NULL CHECK (made_by IN ('model', 'extract')),
  made_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, conversation_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);

-- A call that was reported to us and belongs to no customer that we know: kept, and shown.
CREATE TABLE stray_call (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  voice_conversation_id text NOT NULL,
  direction text CHECK (direction IN ('inbound', 'outbound')),
  phone_number text,
  reason text NOT NULL,
  started_at timestamptz(3),
  duration_seconds integer,
  transcript jsonb NOT NULL DEFAULT '[]',
  summary text,
  received_at timestamptz(3) NOT NULL,
  UNIQUE (connection_id, voice_conversation_id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE
);
CREATE INDEX stray_call_newest ON stray_call (company_id, received_at DESC, id DESC);

-- When, and how much, a company lets its agents call; without a row as the program has it by default.
CREATE TABLE call_policy (
  company_id uuid PRIMARY KEY REFERENCES company (id) ON DELETE CASCADE,
  daily_calls integer NOT NULL CHECK (daily_calls >= 0),
  daily_cost double precision CHECK (daily_cost >= 0),
  quiet jsonb NOT NULL,
  consent_required boolean NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

-- The call that goes on now, as lists show it.
ALTER TABLE conversation ADD COLUMN live_call jsonb;

-- Leads -------------------------------------------------------------------------------------------------------------

-- They have sent STOP to this line, and no START since.
ALTER TABLE thread ADD COLUMN opted_out_at timestamptz(3);

-- Whoever writes to one of the company's phone numbers, or calls it, is a lead from that commit on.
CREATE FUNCTION thread_leads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'direct' AND NEW.key ~ '^\+[1-9][0-9]{6,14}$'
     AND EXISTS (SELECT FROM connection WHERE company_id = NEW.company_id AND id = NEW.connection_id AND channel = 'sms') THEN
    INSERT INTO lead (id, company_id, phone_number, contact_id, created_at)
    VALUES (gen_random_uuid(), NEW.company_id, NEW.key, NEW.contact_id, NEW.created_at)
    ON CONFLICT (company_id, phone_number) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER thread_leads AFTER INSERT ON thread FOR EACH ROW EXECUTE FUNCTION thread_leads();

CREATE INDEX thread_key ON thread (company_id, key);

-- A number has opted out where any of its threads has.
CREATE FUNCTION lead_opts_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lead SET opted_out_at = (SELECT max(t.opted_out_at) FROM thread t WHERE t.company_id = NEW.company_id AND t.key = NEW.key)
  WHERE company_id = NEW.company_id AND phone_number = NEW.key;
  RETURN NULL;
END $$;
CREATE TRIGGER thread_opted_out AFTER UPDATE ON thread FOR EACH ROW
  WHEN (OLD.opted_out_at IS DISTINCT FROM NEW.opted_out_at) EXECUTE FUNCTION lead_opts_out();

-- Those who wrote before there were leads.
ALTER TABLE thread NO FORCE ROW LEVEL SECURITY;
ALTER TABLE connection NO FORCE ROW LEVEL SECURITY;
INSERT INTO lead (id, company_id, phone_number, contact_id, created_at)
  SELECT DISTINCT ON (t.company_id, t.key) gen_random_uuid(), t.company_id, t.key, t.contact_id, t.created_at
  FROM thread t JOIN connection c ON c.id = t.connection_id
  WHERE c.channel = 'sms' AND t.kind = 'direct' AND t.key ~ '^\+[1-9][0-9]{6,14}$'
  ORDER BY t.company_id, t.key, t.created_at;
-- STOP was kept as a block before; what a block of another platform means stays.
ALTER TABLE lead NO FORCE ROW LEVEL SECURITY;
UPDATE thread t SET blocked = false, opted_out_at = now()
  FROM connection c WHERE c.id = t.connection_id AND c.channel = 'sms' AND t.blocked;
ALTER TABLE lead FORCE ROW LEVEL SECURITY;
ALTER TABLE thread FORCE ROW LEVEL SECURITY;
ALTER TABLE connection FORCE ROW LEVEL SECURITY;

-- Calls in the log --------------------------------------------------------------------------------------------------

-- A call, whole, as events and lists carry it.
CREATE FUNCTION call_view(p phone_call) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('id', p.id, 'conversationId', p.conversation_id, 'leadId', p.lead_id, 'seq', p.seq,
    'direction', p.direction, 'status', p.status, 'startedAt', moment_text(p.started_at), 'answeredAt', moment_text(p.answered_at),
    'endedAt', moment_text(p.ended_at), 'durationSeconds', p.duration_seconds, 'cost', p.cost, 'outcome', p.outcome,
    'failureReason', p.failure_reason, 'recordingUrl', p.recording_url, 'summary', p.summary, 'context', p.context,
    'requestedBy', p.requested_by,
    'liveWith', CASE WHEN p.status = 'in_progress' THEN (
      SELECT jsonb_build_object('id', a.id, 'name', a.name) FROM conversation c
      JOIN agent a ON a.company_id = c.company_id AND a.id = c.agent_id
      WHERE c.company_id = p.company_id AND c.id = p.conversation_id) END))
$$;

-- Why an outgoing call must not be asked for now; null where it may. Of two who ask at once the second sees the first.
CREATE FUNCTION call_refusal(c conversation, wanted_lead uuid, limits jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  made integer;
  spent double precision;
BEGIN
  IF c.state = 'WITH_HUMAN' THEN RETURN 'human_control'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('calls ' || c.company_id, 0));
  IF EXISTS (SELECT FROM phone_call WHERE company_id = c.company_id AND lead_id = wanted_lead AND outcome IS NULL
             AND status IN ('queued', 'ringing', 'in_progress')) THEN
    RETURN 'live_call';
  END IF;
  SELECT count(*), coalesce(sum(cost), 0) INTO made, spent FROM phone_call
  WHERE company_id = c.company_id AND direction = 'outbound' AND status <> 'canceled' AND created_at >= (limits->>'since')::timestamptz;
  IF made >= (limits->>'dailyCalls')::integer OR spent >= (limits->>'dailyCost')::double precision THEN RETURN 'cap'; END IF;
  RETURN NULL;
END $$;

-- Writes what was told of a call, and the words that were spoken, into its conversation's log: numbers, call and jobs in
-- one commit. What is known already changes nothing, and words that are there are not written again. Spoken words came
-- another way than the rest of the log: nothing leaves for the customer's platform, and what the AI is writing in answer
-- to a message goes on.
CREATE FUNCTION log_call(command jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  company CONSTANT uuid := (command->>'companyId')::uuid;
  target CONSTANT uuid := (command->>'conversationId')::uuid;
  moment CONSTANT timestamptz := (command->>'now')::timestamptz;
  told CONSTANT jsonb := command->'call';
  c conversation%ROWTYPE;
  before phone_call%ROWTYPE;
  after phone_call%ROWTYPE;
  entry jsonb;
  job jsonb;
  change text;
  refusal text;
  entries jsonb[] := '{}';
  numbers integer[] := '{}';
  moments timestamptz[] := '{}';
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  SELECT * INTO c FROM conversation WHERE company_id = company AND id = target FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"outcome":"not_found"}'; END IF;

  SELECT * INTO before FROM phone_call p
  WHERE p.company_id = company AND p.connection_id = (told->>'connectionId')::uuid
    AND (p.id = (told->>'id')::uuid OR p.call_sid = told->>'callSid' OR p.voice_conversation_id = told->>'voiceConversationId'
         OR p.request_id = told->>'requestId')
  ORDER BY p.id = (told->>'id')::uuid DESC LIMIT 1;
  -- Told of while the customer's thread went on in another conversation: it stays where it began.
  IF before.conversation_id <> target THEN
    RETURN jsonb_build_object('outcome', 'elsewhere', 'conversationId', before.conversation_id);
  END IF;

  -- Asked for, and not only told of: refused in the very commit that would make it.
  IF before.id IS NULL AND command ? 'limits' THEN
    refusal := call_refusal(c, (told->>'leadId')::uuid, command->'limits');
    IF refusal IS NOT NULL THEN
      RETURN jsonb_build_object('outcome', 'refused', 'reason', refusal, 'conversation', to_jsonb(c) || conversation_names(c));
    END IF;
  END IF;

  IF before.id IS NULL THEN
    INSERT INTO phone_call (id, company_id, conversation_id, lead_id, connection_id, seq, direction, status, call_sid,
                            voice_conversation_id, request_id, requested_by, context, started_at, dialled_at, answered_at, ended_at,
                            duration_seconds, cost, outcome, failure_reason, recording_url, summary, created_at)
    VALUES ((told->>'id')::uuid, company, target, (told->>'leadId')::uuid, (told->>'connectionId')::uuid, c.head + 1,
            told->>'direction', told->>'status', told->>'callSid', told->>'voiceConversationId', told->>'requestId',
            told->'requestedBy', told->>'context', coalesce((told->>'startedAt')::timestamptz, moment),
            (told->>'dialledAt')::timestamptz, (told->>'answeredAt')::timestamptz, (told->>'endedAt')::timestamptz,
            (told->>'durationSeconds')::integer, (told->>'cost')::double precision, told->>'outcome', told->>'failureReason',
            told->>'recordingUrl', told->>'summary', moment)
    RETURNING * INTO after;
    UPDATE lead SET last_call_at = greatest(last_call_at, after.started_at) WHERE company_id = company AND id = after.lead_id;
  ELSE
    UPDATE phone_call p SET
      status = CASE WHEN call_moves(p.status, told->>'status') THEN told->>'status' ELSE p.status END,
      call_sid = coalesce(p.call_sid, told->>'callSid'),
      voice_conversation_id = coalesce(p.voice_conversation_id, told->>'voiceConversationId'),
      dialled_at = coalesce(p.dialled_at, (told->>'dialledAt')::timestamptz),
      answered_at = coalesce(p.answered_at, (told->>'answeredAt')::timestamptz),
      ended_at = coalesce((told->>'endedAt')::timestamptz, p.ended_at),
      duration_seconds = coalesce((told->>'durationSeconds')::integer, p.duration_seconds),
      cost = coalesce((told->>'cost')::double precision, p.cost),
      -- What was not known, or feared, is settled by whatever moves the call on.
      outcome = CASE WHEN call_moves(p.status, told->>'status') THEN told->>'outcome' ELSE coalesce(told->>'outcome', p.outcome) END,
      failure_reason = CASE WHEN call_moves(p.status, told->>'status') THEN told->>'failureReason'
                            ELSE coalesce(told->>'failureReason', p.failure_reason) END,
      recording_url = coalesce(told->>'recordingUrl', p.recording_url),
      summary = coalesce(told->>'summary', p.summary)
    WHERE p.company_id = company AND p.id = before.id
    RETURNING * INTO after;
  END IF;

  change := CASE
    WHEN before.id IS NULL AND call_moves(after.status, 'completed') THEN 'initiated'
    WHEN call_moves(after.status, 'completed') THEN CASE WHEN call_view(after) <> call_view(before) THEN 'progress' END
    WHEN before.id IS NULL OR call_moves(before.status, after.status) THEN 'ended'
    WHEN call_view(after) <> call_view(before) THEN 'detail'
  END;
  IF change IS NOT NULL THEN
    c.head := c.head + 1;
    IF c.snippet = '' THEN c.snippet := 'Phone call'; END IF;
    c.last_message_at := greatest(c.last_message_at, moment);
    entries := entries || jsonb_build_object('type', 'call', 'audience', 'operators',
      'payload', jsonb_build_object('call', call_view(after), 'change', change));
    numbers := numbers || c.head;
    moments := moments || moment;
  END IF;
  IF call_moves(after.status, 'completed') THEN
    c.live_call := jsonb_build_object('id', after.id, 'direction', after.direction, 'status', after.status,
                                      'startedAt', moment_text(after.started_at));
  ELSIF c.live_call->>'id' = after.id::text THEN
    c.live_call := NULL;
  END IF;

  FOR entry IN
    SELECT named.entry FROM (
      -- A turn is known by its call and its place in it.
      SELECT n, CASE WHEN given.entry ? 'turn' THEN jsonb_set(given.entry, '{message}', given.entry->'message' || jsonb_build_object(
               'clientId', format('call:%s:%s', after.id, given.entry->>'turn'),
               'data', jsonb_build_object('kind', 'spoken', 'callId', after.id))) ELSE given.entry END AS entry
      FROM jsonb_array_elements(coalesce(command->'entries', '[]')) WITH ORDINALITY AS given (entry, n)
    ) named
    WHERE NOT EXISTS (SELECT FROM message m WHERE m.conversation_id = target AND m.client_id = named.entry#>>'{message,clientId}')
    ORDER BY named.n
  LOOP
    c.head := c.head + 1;
    entries := entries || entry;
    numbers := numbers || c.head;
    moments := moments || (entry->>'at')::timestamptz;
    IF coalesce(entry->>'audience', 'all') = 'all' THEN
      -- Who is waited for in writing is still waited for, whatever was said on the phone meanwhile.
      IF entry#>>'{message,authorKind}' = 'customer' THEN
        c.operator_unread := c.operator_unread + 1;
      ELSIF c.state NOT IN ('WAITING_HUMAN', 'WITH_HUMAN') THEN
        c.snippet := left(regexp_replace(entry#>>'{message,text}', '\s+', ' ', 'g'), 140);
        c.last_author := 'agent';
      END IF;
      c.last_message_at := greatest(c.last_message_at, (entry->>'at')::timestamptz);
    END IF;
  END LOOP;

  PERFORM write_log(company, entries, array_fill(target, ARRAY[cardinality(entries)]), numbers, moments, ARRAY[c]);
  UPDATE conversation SET live_call = c.live_call
  WHERE company_id = company AND id = target AND live_call IS DISTINCT FROM c.live_call;

  FOR job IN SELECT * FROM jsonb_array_elements(coalesce(command->'jobs', '[]')) LOOP
    PERFORM graphile_worker.add_job(job->>'task', coalesce(job->'payload', '{}')::json,
      queue_name => job->>'queue', run_at => coalesce((job->>'runAt')::timestamptz, now()),
      max_attempts => coalesce((job->>'maxAttempts')::integer, 12), job_key => job->>'key');
  END LOOP;

  RETURN jsonb_build_object('outcome', 'done', 'call', call_view(after), 'change', change, 'entries', to_jsonb(entries),
    'seqs', to_jsonb(numbers), 'conversation', to_jsonb(c) || conversation_names(c));
END $$;

-- Summaries ---------------------------------------------------------------------------------------------------------

-- A phone conversation that rests is summed up: each new word puts it off.
CREATE FUNCTION conversation_rests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('telephony.summarise',
    json_build_object('companyId', NEW.company_id, 'conversationId', NEW.id),
    job_key => 'summary:' || NEW.id, max_attempts => 5,
    run_at => now() + interval '10 minutes');
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_rests AFTER UPDATE ON conversation FOR EACH ROW
  WHEN (NEW.channel = 'sms' AND OLD.last_message_at <> NEW.last_message_at) EXECUTE FUNCTION conversation_rests();

-- Sweeps: see 0001_init.

-- The connections of a phone number, or of the messaging service that chooses numbers: several companies may have entered
-- the same one, and their secrets tell them apart.
CREATE INDEX connection_phone ON connection ((settings->>'from')) WHERE channel = 'sms';
CREATE INDEX connection_voice_agent ON connection ((settings->>'voiceAgentId')) WHERE channel = 'sms';
CREATE FUNCTION sweep_phone_lines(wanted text[]) RETURNS SETOF connection LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT * FROM connection WHERE channel = 'sms' AND (settings->>'from' = ANY(wanted) OR settings->>'voiceAgentId' = ANY(wanted))
    -- Whoever enters the agent of others comes behind them, and never before the number itself.
    ORDER BY settings->>'from' = ANY(wanted) DESC, created_at LIMIT 20;
  PERFORM set_config('baton.scope', '', true);
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['lead', 'phone_call', 'conversation_summary', 'stray_call', 'call_policy'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
END $$;
-- Calls whose end was never told are looked for in all companies.
CREATE POLICY sweep_rows ON phone_call USING (current_scope() = 'sweep');
