-- What operators keep for their day: canned responses, macros, drafts, saved views, mentions; tags and words by which
-- conversations are found; and snoozes that end.

-- Canned responses, macros, saved views ------------------------------------------------------------------------

CREATE TABLE canned_response (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  -- Whose it is; everybody's without one.
  operator_id uuid,
  team_id uuid,
  name text NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  used integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (operator_id IS NULL OR team_id IS NULL),
  FOREIGN KEY (company_id, operator_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, team_id) REFERENCES team (company_id, id) ON DELETE SET NULL (team_id)
);
-- The same name may be everybody's and somebody's own: the own one goes first.
CREATE UNIQUE INDEX canned_response_name ON canned_response (company_id, operator_id, name) NULLS NOT DISTINCT;

CREATE TABLE macro (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  operator_id uuid,
  team_id uuid,
  name text NOT NULL,
  actions jsonb NOT NULL,
  used integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (operator_id IS NULL OR team_id IS NULL),
  FOREIGN KEY (company_id, operator_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, team_id) REFERENCES team (company_id, id) ON DELETE SET NULL (team_id)
);
CREATE UNIQUE INDEX macro_name ON macro (company_id, operator_id, name) NULLS NOT DISTINCT;

CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  operator_id uuid,
  name text NOT NULL,
  filters jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  FOREIGN KEY (company_id, operator_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX saved_view_name ON saved_view (company_id, operator_id, name) NULLS NOT DISTINCT;

-- Drafts -------------------------------------------------------------------------------------------------------

CREATE TABLE draft (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  operator_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('reply', 'note', 'whisper')),
  text text NOT NULL CHECK (text <> ''),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (conversation_id, operator_id, kind),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, operator_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);
CREATE INDEX draft_newest ON draft (company_id, operator_id, updated_at DESC);

-- What was sent is no draft any more, from the commit that sends it.
CREATE FUNCTION end_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM draft WHERE company_id = NEW.company_id AND conversation_id = NEW.conversation_id AND operator_id::text = NEW.author_id
    AND kind = CASE WHEN NEW.audience = 'all' THEN 'reply' WHEN NEW.data->>'kind' = 'whisper' THEN 'whisper' ELSE 'note' END;
  RETURN NULL;
END $$;
CREATE TRIGGER message_ends_draft AFTER INSERT ON message FOR EACH ROW
  WHEN (NEW.author_kind = 'operator') EXECUTE FUNCTION end_draft();

-- Keeps a draft, or removes it where it is empty. One whose message stands in the log already came too late; the key share
-- waits for a message that is just being written.
CREATE FUNCTION keep_draft(company uuid, place uuid, operator uuid, draft_kind text, words text, client text, moment timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  PERFORM FROM conversation WHERE company_id = company AND id = place FOR KEY SHARE;
  IF words = '' OR EXISTS (SELECT FROM message WHERE conversation_id = place AND client_id = client) THEN
    DELETE FROM draft WHERE company_id = company AND conversation_id = place AND operator_id = operator AND kind = draft_kind;
  ELSE
    INSERT INTO draft (company_id, conversation_id, operator_id, kind, text, updated_at)
    VALUES (company, place, operator, draft_kind, words, moment)
    ON CONFLICT (conversation_id, operator_id, kind) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at;
  END IF;
END $$;

-- Mentions -----------------------------------------------------------------------------------------------------

CREATE TABLE mention (
  company_id uuid NOT NULL,
  operator_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  -- Of that conversation: messages go only with their conversation.
  message_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  read_at timestamptz(3),
  PRIMARY KEY (conversation_id, message_id, operator_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, operator_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);
CREATE INDEX mention_newest ON mention (company_id, operator_id, created_at DESC, message_id DESC);
CREATE INDEX mention_unread ON mention (company_id, operator_id, conversation_id) WHERE read_at IS NULL;

-- Whom a note names is told from the commit of the note: members of the company only, the author not.
CREATE FUNCTION keep_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mention (company_id, operator_id, conversation_id, message_id, created_at)
  SELECT DISTINCT NEW.company_id, m.user_id, NEW.conversation_id, NEW.id, NEW.created_at
  FROM jsonb_array_elements_text(NEW.data->'operators') AS named
  JOIN member m ON m.company_id = NEW.company_id AND m.user_id::text = named
  WHERE named <> coalesce(NEW.author_id, '');
  RETURN NULL;
END $$;
CREATE TRIGGER message_mentions AFTER INSERT ON message FOR EACH ROW
  WHEN (NEW.data->>'kind' = 'mention' AND NEW.audience = 'operators') EXECUTE FUNCTION keep_mentions();

-- Tags ---------------------------------------------------------------------------------------------------------

-- The conversations of a tag, newest first: row-level security keeps Postgres from searching the array by an index.
CREATE TABLE conversation_tag (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  tag text NOT NULL,
  last_message_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, conversation_id, tag),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX conversation_tag_newest ON conversation_tag (company_id, tag, last_message_at DESC, conversation_id DESC);

CREATE FUNCTION keep_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM conversation_tag WHERE company_id = NEW.company_id AND conversation_id = NEW.id AND tag <> ALL (NEW.tags);
  END IF;
  INSERT INTO conversation_tag (company_id, conversation_id, tag, last_message_at)
  SELECT DISTINCT NEW.company_id, NEW.id, tag, NEW.last_message_at FROM unnest(NEW.tags) AS tag
  ON CONFLICT (company_id, conversation_id, tag) DO UPDATE SET last_message_at = excluded.last_message_at;
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_tags_begin AFTER INSERT ON conversation FOR EACH ROW
  WHEN (NEW.tags <> '{}') EXECUTE FUNCTION keep_tags();
-- Most conversations carry none: then the function is not even called.
CREATE TRIGGER conversation_tags_follow AFTER UPDATE ON conversation FOR EACH ROW
  WHEN (OLD.tags <> NEW.tags OR (NEW.tags <> '{}' AND OLD.last_message_at <> NEW.last_message_at)) EXECUTE FUNCTION keep_tags();

-- How many conversations carry a tag, in parts like the counters of the views.
CREATE TABLE tag_count (
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  tag text NOT NULL,
  part integer NOT NULL,
  value integer NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id, tag, part)
);

CREATE FUNCTION count_tag() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner uuid := coalesce(NEW.company_id, OLD.company_id);
BEGIN
  -- A company that is removed whole takes its counts along.
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM company WHERE id = owner) THEN RETURN NULL; END IF;
  -- The lock under which the counters of the views are written, for the same reason.
  PERFORM pg_advisory_xact_lock(hashtextextended(owner::text, pg_backend_pid() % 8));
  INSERT INTO tag_count AS counted (company_id, tag, part, value)
  VALUES (owner, coalesce(NEW.tag, OLD.tag), pg_backend_pid() % 8, CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END)
  ON CONFLICT (company_id, tag, part) DO UPDATE SET value = counted.value + excluded.value;
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_tag_counted AFTER INSERT OR DELETE ON conversation_tag FOR EACH ROW EXECUTE FUNCTION count_tag();

-- Lists of one channel ------------------------------------------------------------------------------------------

CREATE INDEX conversation_channel ON conversation (company_id, channel, last_message_at DESC, id DESC) WHERE head > 0;

-- Words ----------------------------------------------------------------------------------------------------------

-- The words of a conversation, folded, each with its newest place; place 0 is the customer's name or address. Full text
-- and trigram indexes are no use under row-level security (see "passage"); a plain one on words is, because comparing
-- texts is leakproof.
CREATE TABLE conversation_word (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  at timestamptz(3) NOT NULL,
  seq integer NOT NULL,
  PRIMARY KEY (company_id, conversation_id, word),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX conversation_word_newest ON conversation_word (company_id, word, at DESC, conversation_id DESC) INCLUDE (seq);

CREATE TABLE contact_word (
  company_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, contact_id, word),
  FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_word_newest ON contact_word (company_id, word, at DESC, contact_id DESC);

-- What waits to be read for its words: a message, or a contact whose name or address changed. The row is its own job: a
-- job for each message would cost an append more than a third of its time (measured: 0.3 ms), a row costs a twentieth.
CREATE TABLE search_due (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  conversation_id uuid,
  seq integer,
  contact_id uuid,
  CHECK ((conversation_id IS NULL) = (seq IS NULL) AND (conversation_id IS NULL) <> (contact_id IS NULL))
);

CREATE FUNCTION message_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (company_id, conversation_id, seq)
  SELECT company_id, conversation_id, seq FROM fresh WHERE author_kind <> 'system';
  RETURN NULL;
END $$;
CREATE TRIGGER message_searched AFTER INSERT ON message REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
  EXECUTE FUNCTION message_due();

CREATE FUNCTION contact_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (company_id, contact_id) VALUES (NEW.company_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER contact_searched AFTER INSERT ON contact FOR EACH ROW
  WHEN (NEW.name <> '' OR NEW.email IS NOT NULL) EXECUTE FUNCTION contact_due();
CREATE TRIGGER contact_searched_anew AFTER UPDATE ON contact FOR EACH ROW
  WHEN (OLD.name <> NEW.name OR OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION contact_due();

-- The conversations of a contact that went up in another are found under that one's name.
CREATE FUNCTION new_contact_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_due (company_id, contact_id) VALUES (NEW.company_id, NEW.contact_id);
  RETURN NULL;
END $$;
CREATE TRIGGER conversation_searched_anew AFTER UPDATE ON conversation FOR EACH ROW
  WHEN (OLD.contact_id <> NEW.contact_id) EXECUTE FUNCTION new_contact_due();

-- What was written before there was a search; the newest is read first.
ALTER TABLE message NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contact NO FORCE ROW LEVEL SECURITY;
ALTER TABLE conversation NO FORCE ROW LEVEL SECURITY;
INSERT INTO search_due (company_id, contact_id)
  SELECT company_id, id FROM contact WHERE name <> '' OR email IS NOT NULL ORDER BY created_at;
INSERT INTO search_due (company_id, conversation_id, seq)
  SELECT company_id, conversation_id, seq FROM message WHERE author_kind <> 'system' ORDER BY created_at;
INSERT INTO conversation_tag (company_id, conversation_id, tag, last_message_at)
  SELECT DISTINCT company_id, id, tag, last_message_at FROM conversation, unnest(tags) AS tag;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
ALTER TABLE contact FORCE ROW LEVEL SECURITY;
ALTER TABLE conversation FORCE ROW LEVEL SECURITY;

-- Keeps the words that were read: of messages, and of contacts with what they had before taken out; the rows that asked for
-- it go in the same commit. What is gone meanwhile is passed over.
CREATE FUNCTION keep_words(company uuid, said jsonb, contacts jsonb, done bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  DELETE FROM contact_word WHERE company_id = company
    AND contact_id IN (SELECT (k->>'id')::uuid FROM jsonb_array_elements(contacts) AS k);
  INSERT INTO contact_word (company_id, contact_id, word, at)
  SELECT company, c.id, word, c.created_at
  FROM jsonb_array_elements(contacts) AS k
  JOIN contact c ON c.company_id = company AND c.id = (k->>'id')::uuid, jsonb_array_elements_text(k->'words') AS word
  ORDER BY c.id, word ON CONFLICT DO NOTHING;
  DELETE FROM conversation_word w USING conversation c, jsonb_array_elements(contacts) AS k
  WHERE c.company_id = company AND c.contact_id = (k->>'id')::uuid
    AND w.company_id = company AND w.conversation_id = c.id AND w.seq = 0;
  INSERT INTO conversation_word (company_id, conversation_id, word, at, seq)
  SELECT company, c.id, word, c.last_message_at, 0
  FROM jsonb_array_elements(contacts) AS k
  JOIN conversation c ON c.company_id = company AND c.contact_id = (k->>'id')::uuid AND c.head > 0,
       jsonb_array_elements_text(k->'words') AS word
  ORDER BY c.id, word ON CONFLICT DO NOTHING;

  -- In one order, so that two who keep words at once do not wait for each other in a circle.
  INSERT INTO conversation_word AS kept (company_id, conversation_id, word, at, seq)
  SELECT company, c.id, s.word, s.at, s.seq
  FROM jsonb_to_recordset(said) AS s (id uuid, word text, at timestamptz, seq integer)
  JOIN conversation c ON c.company_id = company AND c.id = s.id
  ORDER BY c.id, s.word
  ON CONFLICT (company_id, conversation_id, word) DO UPDATE
    SET at = greatest(kept.at, excluded.at), seq = greatest(kept.seq, excluded.seq)
    WHERE excluded.at > kept.at OR excluded.seq > kept.seq;
  DELETE FROM search_due WHERE company_id = company AND id = ANY (done);
END $$;

CREATE FUNCTION sweep_search_due(most integer) RETURNS SETOF search_due LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT * FROM search_due ORDER BY id DESC LIMIT most;
  PERFORM set_config('baton.scope', '', true);
END $$;

-- A snooze that ends ---------------------------------------------------------------------------------------------

-- When a snooze ran out. It counts until somebody answers or moves the conversation: then these are the newer moments.
ALTER TABLE conversation ADD COLUMN woken_at timestamptz(3);
ALTER TABLE conversation ALTER COLUMN needs_response SET EXPRESSION AS (
  snoozed_until IS NULL
  AND (state = 'WAITING_HUMAN'
       OR (state = 'WITH_HUMAN' AND (last_author IS NOT DISTINCT FROM 'customer'
                                     OR coalesce(woken_at > greatest(last_message_at, state_since), false)))));

CREATE FUNCTION note_waking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.woken_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER conversation_wakes BEFORE UPDATE ON conversation FOR EACH ROW
  WHEN (OLD.snoozed_until <= now() AND NEW.snoozed_until IS NULL AND NEW.last_customer_seq = OLD.last_customer_seq)
  EXECUTE FUNCTION note_waking();

-- A moment as the wire writes it.
CREATE FUNCTION moment_text(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

CREATE OR REPLACE FUNCTION conversation_attributes(c conversation) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('topic', c.topic, 'teamId', c.team_id, 'skills', to_jsonb(c.skills), 'language',
    c.language, 'tags', to_jsonb(c.tags), 'snoozedUntil', moment_text(c.snoozed_until),
    'wokenAt', CASE WHEN c.snoozed_until IS NULL AND c.woken_at > greatest(c.last_message_at, c.state_since)
                    THEN moment_text(c.woken_at) END,
    'due', c.due, 'scope', c.scope))
$$;

-- As before, and a snooze that has run out can be ended: another one begun meanwhile stays.
CREATE OR REPLACE FUNCTION with_attributes(c conversation, change jsonb) RETURNS conversation LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF change ? 'topic' THEN c.topic := change->>'topic'; END IF;
  IF change ? 'teamId' THEN c.team_id := (change->>'teamId')::uuid; END IF;
  IF change ? 'skills' THEN c.skills := ARRAY(SELECT jsonb_array_elements_text(change->'skills')); END IF;
  IF change ? 'language' THEN c.language := change->>'language'; END IF;
  IF change ? 'snoozedUntil' THEN c.snoozed_until := (change->>'snoozedUntil')::timestamptz; END IF;
  IF change ? 'wake' AND c.snoozed_until <= now() THEN
    c.snoozed_until := NULL;
    c.woken_at := now();
  END IF;
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

-- Row-level security ---------------------------------------------------------------------------------------------

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['canned_response', 'macro', 'saved_view', 'draft', 'mention', 'conversation_tag', 'tag_count',
                           'conversation_word', 'contact_word', 'search_due'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
END $$;
CREATE POLICY sweep_rows ON search_due USING (current_scope() = 'sweep');
