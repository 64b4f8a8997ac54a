-- The co-pilot: what it suggested and what became of it, and test cases that hold the AI's answers to what was once corrected.

CREATE TABLE suggestion (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  -- The newest words that it was made for. Asked for anew, the same words have another round of suggestions.
  for_seq integer NOT NULL,
  round integer NOT NULL DEFAULT 1,
  -- Who had it made; none where a program of the company did.
  operator_id uuid,
  topic text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('model', 'passages', 'canned')),
  emphasis text CHECK (emphasis IN ('direct', 'thorough', 'ask_back')),
  title text,
  text text NOT NULL CHECK (text <> ''),
  confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  sources jsonb NOT NULL DEFAULT '[]',
  shown_at timestamptz(3) NOT NULL,
  outcome text CHECK (outcome IN ('used', 'edited', 'ignored')),
  -- The reply that decided it, and how alike the two are.
  message_id uuid,
  similarity double precision CHECK (similarity BETWEEN 0 AND 1),
  decided_at timestamptz(3),
  CHECK ((outcome IS NULL) = (message_id IS NULL)),
  CHECK ((outcome IS NULL) = (decided_at IS NULL)),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX suggestion_conversation ON suggestion (conversation_id, for_seq, round);
CREATE INDEX suggestion_open ON suggestion (conversation_id) WHERE outcome IS NULL;
CREATE INDEX suggestion_decided ON suggestion (company_id, decided_at) WHERE outcome IS NOT NULL;

-- A person's reply settles what was suggested for it: passed over, unless a job finds in the same reply that it was used.
CREATE FUNCTION settle_suggestions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE suggestion SET outcome = 'ignored', message_id = NEW.id, decided_at = NEW.created_at
  WHERE conversation_id = NEW.conversation_id AND company_id = NEW.company_id AND outcome IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER message_settles_suggestions AFTER INSERT ON message FOR EACH ROW
  WHEN (NEW.author_kind = 'operator' AND NEW.audience = 'all')
  EXECUTE FUNCTION settle_suggestions();

CREATE TABLE test_case (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  -- The AI that is asked.
  agent_id uuid NOT NULL,
  question text NOT NULL CHECK (question <> ''),
  history jsonb NOT NULL DEFAULT '[]',
  answer text NOT NULL CHECK (answer <> ''),
  points text[] NOT NULL DEFAULT '{}',
  article_id uuid,
  -- The answer that was corrected; of a conversation that is gone, only the case is left.
  conversation_id uuid,
  message_id uuid,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  UNIQUE (company_id, message_id),
  FOREIGN KEY (company_id, agent_id) REFERENCES agent (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, article_id) REFERENCES article (company_id, id) ON DELETE SET NULL (article_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE SET NULL (conversation_id)
);
CREATE INDEX test_case_newest ON test_case (company_id, created_at DESC, id DESC);

CREATE TABLE test_run (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  model text NOT NULL,
  cases integer NOT NULL,
  passed integer NOT NULL,
  -- One for each case, as contracts/copilot.ts says.
  results jsonb NOT NULL,
  ran_at timestamptz(3) NOT NULL
);
CREATE INDEX test_run_newest ON test_run (company_id, ran_at DESC);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['suggestion', 'test_case', 'test_run'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
END $$;
