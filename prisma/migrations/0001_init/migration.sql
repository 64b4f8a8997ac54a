-- Baton's first tables. Every tenant table carries company_id, is reached through row-level security that is
-- forced also for the owner, and points to other tenant tables by (company_id, id), so that no row can cross companies.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- The company this transaction works for; without one every tenant table reads as empty.
CREATE FUNCTION current_company() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('baton.company', true), '')::uuid $$;

-- 'sweep' inside the sweep_* functions below, 'identity' on the connections of sign-in; otherwise empty.
CREATE FUNCTION current_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(current_setting('baton.scope', true), '') $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;

-- Who signs in -------------------------------------------------------------------------------------------------

CREATE TABLE "user" (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE session (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL,
  ip_address text,
  user_agent text,
  active_organization_id uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX session_user_id_idx ON session (user_id);

CREATE TABLE account (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  password text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX account_user_id_idx ON account (user_id);

CREATE TABLE verification (
  id uuid PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier_idx ON verification (identifier);

CREATE TABLE company (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  slug text NOT NULL UNIQUE,
  logo text,
  metadata text,
  demo boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE member (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'operator')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, user_id)
);
CREATE INDEX member_user_id_idx ON member (user_id);

CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  email text NOT NULL,
  role text,
  status text NOT NULL,
  inviter_id uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX invitation_company_id_status_idx ON invitation (company_id, status);

CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL,
  prefix text NOT NULL,
  hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  expires_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX api_key_company_id_created_at_idx ON api_key (company_id, created_at);

CREATE TABLE audit (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  actor_kind text NOT NULL,
  actor_id text,
  action text NOT NULL,
  object text,
  detail jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX audit_company_id_created_at_id_idx ON audit (company_id, created_at, id);
CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- The audit and the ledger are written once. Their rows go only with what they belong to: a company that is removed
-- whole takes its audit along, a conversation that is erased its decisions. Foreign keys delete from within a trigger,
-- so a deletion outside of any is somebody's own statement.
CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the AI is and knows -------------------------------------------------------------------------------------

CREATE TABLE agent (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL,
  instructions text NOT NULL DEFAULT '',
  greeting text NOT NULL DEFAULT '',
  suggestions text[] NOT NULL DEFAULT '{}',
  color text NOT NULL DEFAULT '#2f5d50',
  language text NOT NULL DEFAULT 'en',
  allowed_origins text[] NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, id)
);
CREATE INDEX agent_company_id_created_at_idx ON agent (company_id, created_at);

-- The hearth ---------------------------------------------------------------------------------------------------

CREATE TABLE contact (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL DEFAULT '',
  email text,
  locale text,
  page text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, id)
);
CREATE INDEX contact_company_id_created_at_idx ON contact (company_id, created_at);

CREATE TABLE conversation (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  agent_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  channel text NOT NULL DEFAULT 'web',
  -- Where it lives on its platform; none in the web chat.
  thread_id uuid,
  state text NOT NULL DEFAULT 'ACTIVE'
    CHECK (state IN ('ACTIVE', 'WAITING_HUMAN', 'WITH_HUMAN', 'RESOLVED', 'ABANDONED')),
  epoch integer NOT NULL DEFAULT 0,
  head integer NOT NULL DEFAULT 0,
  operator_id uuid,
  state_since timestamptz(3) NOT NULL DEFAULT now(),
  waiting_since timestamptz(3),
  reason text,
  offered boolean NOT NULL DEFAULT false,
  snippet text NOT NULL DEFAULT '',
  last_author text,
  last_message_at timestamptz(3) NOT NULL DEFAULT now(),
  last_customer_seq integer NOT NULL DEFAULT 0,
  customer_unread integer NOT NULL DEFAULT 0,
  operator_unread integer NOT NULL DEFAULT 0,
  customer_read integer NOT NULL DEFAULT 0,
  operator_read integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  closed_at timestamptz(3),
  waiting boolean NOT NULL GENERATED ALWAYS AS (state = 'WAITING_HUMAN') STORED,
  needs_response boolean NOT NULL
    GENERATED ALWAYS AS (state = 'WAITING_HUMAN' OR (state = 'WITH_HUMAN' AND last_author IS NOT DISTINCT FROM 'customer')) STORED,
  needed_since timestamptz(3) NOT NULL
    GENERATED ALWAYS AS (CASE WHEN state = 'WAITING_HUMAN' THEN coalesce(waiting_since, state_since) ELSE last_message_at END) STORED,
  UNIQUE (company_id, id),
  FOREIGN KEY (company_id, agent_id) REFERENCES agent (company_id, id),
  FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id) ON DELETE CASCADE,
  CHECK ((state = 'WITH_HUMAN') = (operator_id IS NOT NULL)),
  CHECK (state <> 'WAITING_HUMAN' OR waiting_since IS NOT NULL),
  CHECK (customer_read <= head AND operator_read <= head)
);
-- One index a view of the inbox, in the order of its list; a conversation without a word is in no list.
CREATE INDEX conversation_needs ON conversation (company_id, waiting DESC, needed_since, id) WHERE needs_response AND head > 0;
CREATE INDEX conversation_mine ON conversation (company_id, operator_id, last_message_at DESC, id DESC) WHERE operator_id IS NOT NULL;
CREATE INDEX conversation_all ON conversation (company_id, waiting DESC, last_message_at DESC, id DESC) WHERE head > 0;
CREATE INDEX conversation_ai ON conversation (company_id, last_message_at DESC, id DESC) WHERE state = 'ACTIVE' AND head > 0;
CREATE INDEX conversation_resolved ON conversation (company_id, last_message_at DESC, id DESC) WHERE state IN ('RESOLVED', 'ABANDONED') AND head > 0;
CREATE INDEX conversation_queue ON conversation (company_id, waiting_since, id) WHERE state = 'WAITING_HUMAN';
CREATE INDEX conversation_contact ON conversation (company_id, contact_id, created_at DESC);

-- The log: one row an entry, numbered without gaps in its conversation. A message's words stand only in "message".
CREATE TABLE event (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  type text NOT NULL,
  audience text NOT NULL DEFAULT 'all' CHECK (audience IN ('all', 'operators')),
  payload jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- The feed of a company is read in the order of transactions, and only up to the oldest one still running:
  -- numbers of a sequence become visible out of order, and a reader would skip rows.
  txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (conversation_id, seq),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX event_feed ON event (company_id, txid);

CREATE TABLE message (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq integer NOT NULL,
  author_kind text NOT NULL CHECK (author_kind IN ('customer', 'agent', 'operator', 'system')),
  author_id text,
  author_name text,
  text text NOT NULL,
  audience text NOT NULL DEFAULT 'all',
  client_id text,
  reply_to uuid,
  sources jsonb,
  attachments jsonb,
  notice jsonb,
  answer jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (conversation_id, seq),
  UNIQUE (conversation_id, client_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);

-- One attempt of the AI to answer one customer message. The row is its own job: a lease in seconds, and a fence that
-- every new holder raises.
CREATE TABLE run (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  message_id uuid NOT NULL,
  customer_seq integer NOT NULL,
  epoch integer NOT NULL,
  state text NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'running', 'complete', 'superseded', 'interrupted', 'stopped', 'escalated')),
  fence integer NOT NULL DEFAULT 0,
  lease_until timestamptz(3),
  worker text,
  text text NOT NULL DEFAULT '',
  model text,
  detail jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  first_token_at timestamptz(3),
  finished_at timestamptz(3),
  UNIQUE (conversation_id, customer_seq),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX run_live ON run (lease_until) WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX run_one_voice ON run (conversation_id) WHERE state IN ('queued', 'running');

CREATE TABLE chat_session (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  token_hash text NOT NULL UNIQUE,
  previous_token_hash text,
  rotated_at timestamptz(3),
  origin text NOT NULL,
  state text NOT NULL DEFAULT 'INIT' CHECK (state IN ('INIT', 'ACTIVE', 'IDLE', 'CLOSED')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_activity_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  FOREIGN KEY (company_id, agent_id) REFERENCES agent (company_id, id),
  FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX chat_session_conversation_id_idx ON chat_session (conversation_id);

CREATE TABLE attachment (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size integer NOT NULL,
  width integer,
  height integer,
  storage_key text NOT NULL,
  uploaded_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX attachment_conversation_id_idx ON attachment (conversation_id);

-- Escalation ---------------------------------------------------------------------------------------------------

CREATE TABLE rule_set (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  version integer NOT NULL,
  rules jsonb NOT NULL,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (company_id, version)
);

CREATE TABLE decision (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  run_id uuid,
  seq integer NOT NULL,
  phase text NOT NULL,
  outcome text NOT NULL,
  reason text,
  sentence text NOT NULL,
  trace jsonb NOT NULL,
  signals jsonb NOT NULL,
  versions jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX decision_conversation_id_seq_idx ON decision (conversation_id, seq);
CREATE TRIGGER decision_append_only BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_kept BEFORE DELETE ON decision FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_not_emptied BEFORE TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE escalation (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  reason text NOT NULL,
  sentence text NOT NULL,
  packet jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  accepted_at timestamptz(3),
  accepted_by uuid,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX escalation_conversation_id_created_at_idx ON escalation (conversation_id, created_at);

CREATE TABLE counter (
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  name text NOT NULL,
  part integer NOT NULL,
  value integer NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id, name, part)
);

CREATE TABLE process (
  id uuid PRIMARY KEY,
  started_at timestamptz(3) NOT NULL DEFAULT now(),
  seen_at timestamptz(3) NOT NULL DEFAULT now(),
  worker_id text
);

-- Knowledge ---------------------------------------------------------------------------------------------------

-- unaccent() itself is only stable, because its dictionary could be changed; a generated column asks for immutable.
create or replace function knowledge_unaccent(value text) returns text
  language sql immutable strict parallel safe
  as $$ select public.unaccent('public.unaccent'::regdictionary, value) $$;

create or replace function knowledge_config(language text) returns regconfig
  language sql immutable parallel safe
  as $$
    select case split_part(lower(coalesce(language, 'en')), '-', 1)
      when 'en' then 'pg_catalog.english'::regconfig
      when 'de' then 'pg_catalog.german'::regconfig
      when 'fr' then 'pg_catalog.french'::regconfig
      when 'es' then 'pg_catalog.spanish'::regconfig
      when 'it' then 'pg_catalog.italian'::regconfig
      when 'pt' then 'pg_catalog.portuguese'::regconfig
      when 'nl' then 'pg_catalog.dutch'::regconfig
      when 'sv' then 'pg_catalog.swedish'::regconfig
      when 'da' then 'pg_catalog.danish'::regconfig
      when 'no' then 'pg_catalog.norwegian'::regconfig
      when 'nb' then 'pg_catalog.norwegian'::regconfig
      when 'fi' then 'pg_catalog.finnish'::regconfig
      when 'ru' then 'pg_catalog.russian'::regconfig
      when 'tr' then 'pg_catalog.turkish'::regconfig
      when 'ro' then 'pg_catalog.romanian'::regconfig
      when 'hu' then 'pg_catalog.hungarian'::regconfig
      else 'pg_catalog.simple'::regconfig
    end
  $$;

create table article (
  id          uuid primary key,
  company_id  uuid not null references company (id) on delete cascade,
  slug        text not null,
  title       text not null,
  language    text not null default 'en',
  body        text not null,
  status      text not null default 'published' check (status in ('published', 'draft')),
  version     integer not null default 1,
  created_at  timestamptz(3) not null default now(),
  updated_at  timestamptz(3) not null default now(),
  unique (company_id, slug),
  unique (company_id, id)
);

-- The list in settings, newest first, one page by key.
create index article_company_updated on article (company_id, updated_at desc, id desc);

create table passage (
  id          uuid primary key,
  company_id  uuid not null,
  article_id  uuid not null,
  position    integer not null,
  title       text not null,
  heading     text not null default '',
  anchor      text not null default '',
  text        text not null,
  language    text not null default 'en',
  search      tsvector generated always as (
    setweight(to_tsvector(knowledge_config(language), knowledge_unaccent(title)), 'A') ||
    setweight(to_tsvector(knowledge_config(language), knowledge_unaccent(heading)), 'B') ||
    setweight(to_tsvector(knowledge_config(language), knowledge_unaccent(text)), 'C')
  ) stored,
  foreign key (company_id, article_id) references article (company_id, id) on delete cascade,
  unique (company_id, article_id, position)
);

-- No GIN index on search or on trigrams: under row-level security Postgres must check the company before any operator
-- that is not leakproof (@@ and % are not), so it never uses one (tried: 80,000 passages in 20 companies). The unique
-- key above narrows to the company's own passages; full text over 4,000 of them takes 10 ms.

-- Only a published article's passages are stored; saving a draft removes them.

-- Counters: maintained in the commit that changes them ---------------------------------------------------------

CREATE FUNCTION conversation_views(c conversation) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN c.head = 0 THEN '{}'::text[] ELSE
    ARRAY['all']
    || CASE WHEN c.needs_response THEN ARRAY['needs_response'] ELSE '{}' END
    || CASE WHEN c.state = 'ACTIVE' THEN ARRAY['ai'] ELSE '{}' END
    || CASE WHEN c.waiting THEN ARRAY['waiting'] ELSE '{}' END
    || CASE WHEN c.state IN ('RESOLVED', 'ABANDONED') THEN ARRAY['resolved'] ELSE '{}' END
    || CASE WHEN c.operator_id IS NOT NULL THEN ARRAY['mine:' || c.operator_id] ELSE '{}' END
  END
$$;

CREATE FUNCTION count_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text[] := '{}';
  after text[] := '{}';
BEGIN
  IF TG_OP <> 'INSERT' THEN before := conversation_views(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN after := conversation_views(NEW); END IF;
  IF before <> after THEN
    -- A commit counts several conversations, each in other rows: without one lock for all of them, two commits could each
    -- hold a row that the other waits for.
    PERFORM pg_advisory_xact_lock(hashtextextended(coalesce(NEW.company_id, OLD.company_id)::text, pg_backend_pid() % 8));
    INSERT INTO counter AS counted (company_id, name, part, value)
    SELECT coalesce(NEW.company_id, OLD.company_id), name, pg_backend_pid() % 8, sum(change)
    FROM (SELECT unnest(before) AS name, -1 AS change UNION ALL SELECT unnest(after), 1) AS changes
    GROUP BY name HAVING sum(change) <> 0
    ON CONFLICT (company_id, name, part) DO UPDATE SET value = counted.value + excluded.value;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER conversation_counted AFTER INSERT OR DELETE ON conversation
  FOR EACH ROW EXECUTE FUNCTION count_conversation();
-- Most messages move a conversation into no other view: then the function is not even called.
CREATE TRIGGER conversation_recounted AFTER UPDATE ON conversation FOR EACH ROW
  WHEN (OLD.state <> NEW.state OR OLD.needs_response <> NEW.needs_response OR (OLD.head = 0) <> (NEW.head = 0)
        OR OLD.operator_id IS DISTINCT FROM NEW.operator_id OR OLD.company_id <> NEW.company_id)
  EXECUTE FUNCTION count_conversation();

-- The names a list shows beside a conversation.
CREATE FUNCTION conversation_names(c conversation) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('contact_name', k.name, 'agent_name', a.name, 'operator_name', u.name, 'operator_image', u.image)
  FROM contact k
  JOIN agent a ON a.company_id = c.company_id AND a.id = c.agent_id
  LEFT JOIN "user" u ON u.id = c.operator_id
  WHERE k.company_id = c.company_id AND k.id = c.contact_id
$$;

-- The one way into the log -------------------------------------------------------------------------------------

-- Appends to the logs of conversations in one statement and one commit. For each command it locks its conversation, checks
-- the fence, numbers the entries, supersedes or starts runs, writes the ledger and enqueues jobs; the words, events and
-- conversations of all commands are written together at the end. Commands come in the order in which all commits lock:
-- company by company, there each conversation once, by id, and those that have more than one command again.
-- command: { companyId, conversationId, now, operatorId?, clientId?, guard?, patch?, entries?, run?, finish?, decisions?,
--            escalation?, acceptedBy?, jobs? }
-- answer:  { outcome: done | duplicate | conflict | not_found, conversation?, seqs?, message?, superseded? }; the names
--          beside a conversation only where its operator is not the one that the command knows.
CREATE FUNCTION append(commands jsonb) RETURNS jsonb LANGUAGE plpgsql
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

    FOR entry IN SELECT * FROM jsonb_array_elements(coalesce(command->'entries', '[]')) LOOP
      c.head := c.head + 1;
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

-- Writes what append has numbered for conversations of one company: events, words, and the conversations themselves.
CREATE FUNCTION write_log(company uuid, entries jsonb[], places uuid[], numbers integer[], moments timestamptz[],
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
                       reply_to, sources, attachments, notice, answer, created_at)
  SELECT (entry#>>'{message,id}')::uuid, company, place, seq, entry#>>'{message,authorKind}', entry#>>'{message,authorId}',
         entry#>>'{message,authorName}', entry#>>'{message,text}', coalesce(entry->>'audience', 'all'),
         entry#>>'{message,clientId}', (entry#>>'{message,replyTo}')::uuid, entry#>'{message,sources}',
         entry#>'{message,attachments}', entry#>'{message,notice}', entry#>'{message,answer}', moment
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
    operator_read = c.operator_read, closed_at = c.closed_at
  FROM unnest(changed) AS c
  WHERE kept.company_id = company AND kept.id = c.id;
END $$;

-- Sweeps: the only reads and writes across companies. Each lifts row-level security for its own statement alone; a
-- SET clause would say it shorter, but only a superuser may name a parameter that no extension has declared. ---------

-- A token that was replaced, and comes back after its minute of grace, is in two hands: the session ends for both.
-- Only who held the newest token could have replaced it, and nobody can tell which of the two is the customer.
CREATE FUNCTION sweep_session(hash text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE answer jsonb;
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  SELECT jsonb_build_object('session', to_jsonb(s), 'conversation', to_jsonb(c) || jsonb_build_object(
                              'contact_name', k.name, 'agent_name', a.name, 'operator_name', u.name, 'operator_image', u.image),
                            'origins', a.allowed_origins, 'agentName', a.name, 'contactName', k.name)
  INTO answer
  FROM chat_session s
  JOIN conversation c ON c.company_id = s.company_id AND c.id = s.conversation_id
  JOIN agent a ON a.company_id = s.company_id AND a.id = s.agent_id
  JOIN contact k ON k.company_id = s.company_id AND k.id = s.contact_id
  LEFT JOIN "user" u ON u.id = c.operator_id
  WHERE s.token_hash = hash;
  IF answer IS NULL THEN
    -- A token just rotated away still serves requests that were under way.
    SELECT jsonb_build_object('session', to_jsonb(s), 'conversation', to_jsonb(c) || jsonb_build_object(
                              'contact_name', k.name, 'agent_name', a.name, 'operator_name', u.name, 'operator_image', u.image),
                              'origins', a.allowed_origins, 'agentName', a.name, 'contactName', k.name)
    INTO answer
    FROM chat_session s
    JOIN conversation c ON c.company_id = s.company_id AND c.id = s.conversation_id
    JOIN agent a ON a.company_id = s.company_id AND a.id = s.agent_id
    JOIN contact k ON k.company_id = s.company_id AND k.id = s.contact_id
    LEFT JOIN "user" u ON u.id = c.operator_id
    WHERE s.previous_token_hash = hash AND s.rotated_at > now() - interval '60 seconds';
  END IF;
  IF answer IS NULL THEN
    UPDATE chat_session SET state = 'CLOSED', expires_at = least(expires_at, now())
    WHERE previous_token_hash = hash AND rotated_at <= now() - interval '60 seconds' AND expires_at > now();
  END IF;
  PERFORM set_config('baton.scope', '', true);
  RETURN answer;
END $$;
CREATE INDEX chat_session_previous ON chat_session (previous_token_hash) WHERE previous_token_hash IS NOT NULL;

-- Which of these chat sessions may still listen, and to which conversation.
CREATE FUNCTION sweep_live_sessions(sessions uuid[]) RETURNS TABLE (id uuid, conversation_id uuid) LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT s.id, s.conversation_id FROM chat_session s
    WHERE s.id = ANY(sessions) AND s.state <> 'CLOSED' AND s.expires_at > now();
  PERFORM set_config('baton.scope', '', true);
END $$;

CREATE FUNCTION sweep_agent(wanted uuid) RETURNS SETOF agent LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT * FROM agent WHERE id = wanted;
  PERFORM set_config('baton.scope', '', true);
END $$;

CREATE FUNCTION sweep_api_key(wanted text) RETURNS SETOF api_key LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT * FROM api_key WHERE hash = wanted;
  PERFORM set_config('baton.scope', '', true);
END $$;

CREATE FUNCTION sweep_heads(conversations uuid[]) RETURNS TABLE (id uuid, head integer) LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT c.id, c.head FROM conversation c WHERE c.id = ANY(conversations);
  PERFORM set_config('baton.scope', '', true);
END $$;

-- Where each company's feed ends, for readers that follow it: the newest row of a finished transaction.
CREATE FUNCTION sweep_feed(companies uuid[], since xid8, upto xid8, most integer)
RETURNS TABLE (company_id uuid, conversation_id uuid, seq integer, txid xid8) LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT e.company_id, e.conversation_id, e.seq, e.txid FROM event e
    WHERE e.company_id = ANY(companies) AND e.txid >= since AND e.txid < upto
    ORDER BY e.txid, e.conversation_id, e.seq LIMIT most;
  PERFORM set_config('baton.scope', '', true);
END $$;

-- Claims up to `most` runs that nobody holds: waiting longer than `patience`, or left by a process that died.
CREATE FUNCTION sweep_runs(holder text, patience interval, lease interval, most integer)
RETURNS SETOF run LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY UPDATE run SET state = 'running', fence = fence + 1, worker = holder, lease_until = now() + lease,
                   started_at = coalesce(started_at, now())
    WHERE id IN (
      SELECT r.id FROM run r
      WHERE (r.state = 'queued' AND r.created_at < now() - patience) OR (r.state = 'running' AND r.lease_until < now())
      ORDER BY r.created_at LIMIT most FOR UPDATE SKIP LOCKED
    )
    RETURNING *;
  PERFORM set_config('baton.scope', '', true);
END $$;

CREATE FUNCTION sweep_run_lag() RETURNS SETOF double precision LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::double precision FROM run WHERE state = 'queued';
  PERFORM set_config('baton.scope', '', true);
END $$;

-- Row-level security -------------------------------------------------------------------------------------------

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['api_key', 'audit', 'agent', 'article', 'passage', 'contact', 'conversation', 'event', 'message', 'run',
                           'chat_session', 'attachment', 'rule_set', 'decision', 'escalation', 'counter', 'member', 'invitation'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['chat_session', 'conversation', 'agent', 'contact', 'api_key', 'event', 'run'] LOOP
    EXECUTE format('CREATE POLICY sweep_rows ON %I USING (current_scope() = ''sweep'')', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['member', 'invitation'] LOOP
    EXECUTE format('CREATE POLICY identity_rows ON %I USING (current_scope() = ''identity'') WITH CHECK (current_scope() = ''identity'')', t);
  END LOOP;
END $$;

ALTER TABLE company ENABLE ROW LEVEL SECURITY;
ALTER TABLE company FORCE ROW LEVEL SECURITY;
CREATE POLICY company_rows ON company USING (id = current_company()) WITH CHECK (id = current_company());
CREATE POLICY identity_rows ON company USING (current_scope() = 'identity') WITH CHECK (current_scope() = 'identity');
