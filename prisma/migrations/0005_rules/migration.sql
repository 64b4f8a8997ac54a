-- Escalation rules as people edit them: a draft beside the published versions, what customers are told, and the time
-- machine that runs a draft over past conversations.

ALTER TABLE rule_set
  ADD COLUMN words jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN note text;

-- A company's one draft. Its revision rises with each save, so that of two who save at once one is told.
CREATE TABLE rule_draft (
  company_id uuid PRIMARY KEY REFERENCES company (id) ON DELETE CASCADE,
  rules jsonb NOT NULL,
  words jsonb NOT NULL DEFAULT '{}',
  revision integer NOT NULL CHECK (revision > 0),
  based_on integer NOT NULL CHECK (based_on > 0),
  updated_by uuid,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- The rule that decided, read out of the trace: reports ask for it by the ten thousand.
ALTER TABLE decision ADD COLUMN rule_id text
  GENERATED ALWAYS AS (jsonb_path_query_first(trace, '$[*] ? (@.decides == true).ruleId') #>> '{}') STORED;

-- One run of the time machine. `attempt` fences it: whoever took it over last may write, nobody else.
CREATE TABLE backtest (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  rules jsonb NOT NULL,
  based_on integer NOT NULL,
  asked integer NOT NULL CHECK (asked > 0),
  time_zone text NOT NULL,
  -- The newest conversation that is looked at: what comes later does not change the report.
  newest uuid,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed')),
  attempt integer NOT NULL DEFAULT 0,
  done integer NOT NULL DEFAULT 0,
  total integer,
  report jsonb,
  problem text,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  finished_at timestamptz(3),
  UNIQUE (company_id, id),
  CHECK ((state = 'done') = (report IS NOT NULL))
);
CREATE UNIQUE INDEX backtest_one_at_a_time ON backtest (company_id) WHERE state IN ('queued', 'running');

CREATE TABLE backtest_change (
  company_id uuid NOT NULL,
  backtest_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('more', 'fewer', 'earlier', 'later')),
  turns integer,
  detail jsonb NOT NULL,
  PRIMARY KEY (backtest_id, conversation_id),
  FOREIGN KEY (company_id, backtest_id) REFERENCES backtest (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX backtest_change_conversation ON backtest_change (company_id, conversation_id);
CREATE INDEX backtest_change_kind ON backtest_change (company_id, backtest_id, kind, conversation_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['rule_draft', 'backtest', 'backtest_change'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
END $$;
