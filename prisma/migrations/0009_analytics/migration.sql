-- What customers say of a conversation that ended, and the facts that reports count.

-- Asked when a conversation ends, about whoever ended it: once about the AI, and once about a person.
CREATE TABLE rating (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  of text NOT NULL CHECK (of IN ('ai', 'human')),
  operator_id uuid,
  name text NOT NULL,
  -- The line of the log that asks.
  message_id uuid NOT NULL,
  score smallint CHECK (score BETWEEN 1 AND 5),
  comment text,
  asked_at timestamptz(3) NOT NULL,
  given_at timestamptz(3),
  UNIQUE (conversation_id, of),
  CHECK ((score IS NULL) = (given_at IS NULL)),
  CHECK (comment IS NULL OR score IS NOT NULL),
  CHECK (of = 'human' OR operator_id IS NULL),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX rating_asked ON rating (company_id, asked_at);
CREATE INDEX rating_message ON rating (message_id);

-- However a conversation comes to its end, the question follows from the very commit.
CREATE FUNCTION ask_for_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('rating.ask', json_build_object('companyId', NEW.company_id, 'conversationId', NEW.id),
    max_attempts => 12, job_key => 'rating.ask:' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_ended AFTER UPDATE ON conversation FOR EACH ROW
  WHEN (NEW.state IN ('RESOLVED', 'ABANDONED') AND OLD.state NOT IN ('RESOLVED', 'ABANDONED'))
  EXECUTE FUNCTION ask_for_rating();

-- Facts -----------------------------------------------------------------------------------------------------------
-- Made from the log by a reader that follows it, never by those who write it; each can be thrown away and made again.
-- All carry the same columns to narrow by, so that no report has to look a conversation up. "at" is the moment by which
-- a row belongs to a day; "seconds" is a duration on the wall clock, "open_seconds" the same in office hours.

-- How far a company's log has been read. "since" counts transactions, as event.txid does.
CREATE TABLE analytics_cursor (
  company_id uuid PRIMARY KEY REFERENCES company (id) ON DELETE CASCADE,
  since bigint NOT NULL,
  -- Conversations that began before the log was followed are read in the order of their ids; none when all are.
  filled uuid,
  -- What the facts were made by: another program, or other office hours, make them anew.
  made_by text NOT NULL,
  -- When the first fact settles that only time can tell.
  settles_at timestamptz(3),
  read_at timestamptz(3) NOT NULL
);

-- Raised with each change of a fact of that day (UTC), so that a reader knows whether what it remembers still holds.
CREATE TABLE analytics_day (
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  day date NOT NULL,
  changes bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (company_id, day)
);

-- One row a conversation, from the customer's first words on.
CREATE TABLE conversation_fact (
  conversation_id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  channel text NOT NULL,
  agent_id uuid NOT NULL,
  team_id uuid,
  operator_id uuid,
  topic text NOT NULL,
  tags text[] NOT NULL,
  in_hours boolean NOT NULL,
  -- Whose the first response was, and how long it took.
  author text CHECK (author IN ('agent', 'operator')),
  seconds integer,
  open_seconds integer,
  answers integer NOT NULL,
  replies integer NOT NULL,
  escalations integer NOT NULL,
  -- Whether a person of the company held it or wrote in it.
  person boolean NOT NULL,
  -- How it stands: solved and confirmed, solved as far as the quiet tells, or neither.
  solved text CHECK (solved IN ('confirmed', 'assumed')),
  -- When time alone will have changed what is known of it.
  settles_at timestamptz(3),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX conversation_fact_at ON conversation_fact (company_id, at DESC, conversation_id DESC);
CREATE INDEX conversation_fact_operator ON conversation_fact (company_id, operator_id, at) WHERE operator_id IS NOT NULL;
CREATE INDEX conversation_fact_team ON conversation_fact (company_id, team_id, at) WHERE team_id IS NOT NULL;
CREATE INDEX conversation_fact_topic ON conversation_fact (company_id, topic, at);
CREATE INDEX conversation_fact_contact ON conversation_fact (company_id, contact_id, at);
CREATE INDEX conversation_fact_settles ON conversation_fact (company_id, settles_at) WHERE settles_at IS NOT NULL;

-- One row an answer that somebody waited for; "at" is when the wait began. "first" is the first of its author.
CREATE TABLE response_fact (
  conversation_id uuid NOT NULL,
  seq integer NOT NULL,
  company_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  channel text NOT NULL,
  agent_id uuid NOT NULL,
  team_id uuid,
  operator_id uuid,
  topic text NOT NULL,
  tags text[] NOT NULL,
  in_hours boolean NOT NULL,
  author text NOT NULL CHECK (author IN ('agent', 'operator')),
  first boolean NOT NULL,
  seconds integer NOT NULL,
  open_seconds integer NOT NULL,
  PRIMARY KEY (conversation_id, seq),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX response_fact_at ON response_fact (company_id, at DESC, conversation_id DESC, seq DESC);
CREATE INDEX response_fact_operator ON response_fact (company_id, operator_id, at) WHERE operator_id IS NOT NULL;

-- One row a stay in the queue. "move" is what brought it there, "outcome" what ended it.
CREATE TABLE wait_fact (
  conversation_id uuid NOT NULL,
  seq integer NOT NULL,
  company_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  channel text NOT NULL,
  agent_id uuid NOT NULL,
  team_id uuid,
  operator_id uuid,
  topic text NOT NULL,
  tags text[] NOT NULL,
  in_hours boolean NOT NULL,
  move text NOT NULL,
  reason text,
  rule_id text,
  rule_name text,
  outcome text CHECK (outcome IN ('accepted', 'handed_back', 'resolved', 'abandoned')),
  seconds integer,
  open_seconds integer,
  PRIMARY KEY (conversation_id, seq),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX wait_fact_at ON wait_fact (company_id, at DESC, conversation_id DESC, seq DESC);

-- One row a solution. "how" says who says so: the customer in words, a rating, a person who closed it, or nobody but the quiet.
CREATE TABLE resolution_fact (
  conversation_id uuid NOT NULL,
  seq integer NOT NULL,
  company_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  channel text NOT NULL,
  agent_id uuid NOT NULL,
  team_id uuid,
  operator_id uuid,
  topic text NOT NULL,
  tags text[] NOT NULL,
  in_hours boolean NOT NULL,
  author text NOT NULL CHECK (author IN ('agent', 'operator')),
  how text NOT NULL CHECK (how IN ('customer', 'rating', 'person', 'quiet')),
  confirmed boolean NOT NULL GENERATED ALWAYS AS (how <> 'quiet') STORED,
  -- When the customer wrote again in this conversation.
  reopened_at timestamptz(3),
  -- Whether it held for seven days; not known before.
  lasted boolean,
  seconds integer NOT NULL,
  open_seconds integer NOT NULL,
  PRIMARY KEY (conversation_id, seq),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX resolution_fact_at ON resolution_fact (company_id, at DESC, conversation_id DESC, seq DESC);
CREATE INDEX resolution_fact_contact ON resolution_fact (company_id, contact_id);

-- How many of its lowest bits a duration can lose and keep its seven highest.
CREATE FUNCTION slot_bits(seconds integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT floor(ln(seconds::double precision) / ln(2::double precision))::integer - 6
$$;

-- A duration to less than one percent, so that many can be counted instead of sorted; exact below 128 seconds.
CREATE FUNCTION duration_slot(seconds integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN seconds < 128 THEN seconds
    ELSE ((seconds >> slot_bits(seconds)) << slot_bits(seconds)) + ((1 << slot_bits(seconds)) >> 1) END
$$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['rating', 'analytics_cursor', 'analytics_day', 'conversation_fact', 'response_fact', 'wait_fact',
                           'resolution_fact'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
END $$;
-- Facts themselves are in no sweep: with a second policy Postgres would ask for the company at each of 200,000 rows, and not once.
CREATE POLICY sweep_rows ON analytics_cursor USING (current_scope() = 'sweep');

-- Companies whose facts are behind: of which the log has more, older conversations are unread, or time has settled something.
CREATE FUNCTION sweep_analytics(upto xid8, moment timestamptz, most integer) RETURNS TABLE (company_id uuid) LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT a.company_id FROM (SELECT DISTINCT g.company_id FROM agent g) AS a
    LEFT JOIN analytics_cursor k ON k.company_id = a.company_id
    WHERE k.company_id IS NULL OR k.filled IS NOT NULL OR k.settles_at <= moment
      OR EXISTS (SELECT FROM event e WHERE e.company_id = a.company_id AND e.txid >= k.since::text::xid8 AND e.txid < upto)
    LIMIT most;
  PERFORM set_config('baton.scope', '', true);
END $$;
