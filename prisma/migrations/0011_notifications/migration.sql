-- What operators are told outside of what they look at: unread alerts, the browsers and letters that carry them, and the
-- letters to customers who left before they were answered. All of it is read from the log; nothing of the log rests on it.

-- How an operator wants to be told. Whoever has no row has the defaults.
CREATE TABLE alert_setting (
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  settings jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, user_id),
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);

-- One thing an operator was told. Until it is read, what happens again is counted in the same row.
CREATE TABLE alert (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL
    CHECK (kind IN ('escalation', 'offered', 'assigned', 'message', 'mention', 'sla_warning', 'sla_breach')),
  conversation_id uuid NOT NULL,
  -- The newest entry of the log that it tells of: an entry that is read again tells nothing again.
  seq integer NOT NULL CHECK (seq > 0),
  count integer NOT NULL DEFAULT 1 CHECK (count > 0),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  changed_at timestamptz(3) NOT NULL DEFAULT now(),
  read_at timestamptz(3),
  UNIQUE (company_id, id),
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX alert_unread ON alert (company_id, user_id, conversation_id, kind) WHERE read_at IS NULL;
CREATE INDEX alert_of_conversation ON alert (company_id, conversation_id, user_id, kind, seq DESC);
CREATE INDEX alert_newest ON alert (company_id, user_id, changed_at DESC, id DESC);
CREATE INDEX alert_age ON alert (changed_at);

-- A browser that is told by push. It belongs to the sign-in that subscribed it and goes with it, so that nobody who signs
-- in there later reads what was meant for somebody else.
CREATE TABLE push_subscription (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  user_id uuid NOT NULL,
  session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  endpoint text NOT NULL,
  endpoint_hash text NOT NULL UNIQUE,
  p256dh text NOT NULL,
  auth text NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_sent_at timestamptz(3),
  UNIQUE (company_id, id),
  FOREIGN KEY (company_id, user_id) REFERENCES member (company_id, user_id) ON DELETE CASCADE
);
CREATE INDEX push_subscription_user ON push_subscription (company_id, user_id, created_at);
CREATE INDEX push_subscription_session ON push_subscription (session_id);

-- One alert on its way to one browser, or, without a browser, into the operator's next letter.
CREATE TABLE alert_send (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  user_id uuid NOT NULL,
  subscription_id uuid,
  -- How often it had happened when this was put in line.
  count integer NOT NULL,
  -- A rule of the company sends it, also where the operator has not chosen this channel.
  forced boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'dropped', 'failed')),
  -- Why it was dropped or failed.
  why text,
  due_at timestamptz(3) NOT NULL,
  tried_at timestamptz(3),
  done_at timestamptz(3),
  UNIQUE NULLS NOT DISTINCT (alert_id, subscription_id, count),
  FOREIGN KEY (company_id, alert_id) REFERENCES alert (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, subscription_id) REFERENCES push_subscription (company_id, id) ON DELETE CASCADE
);
-- What happens again while one waits goes along with it.
CREATE UNIQUE INDEX alert_send_waiting ON alert_send (alert_id, subscription_id) NULLS NOT DISTINCT WHERE state = 'waiting';
CREATE INDEX alert_send_letter ON alert_send (company_id, user_id, due_at) WHERE state IN ('waiting', 'sending') AND subscription_id IS NULL;
CREATE INDEX alert_send_subscription ON alert_send (company_id, subscription_id);

-- What was told for a reason outside of the log, such as a clock: the same cause twice is one alert.
CREATE TABLE alert_cause (
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  cause text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, cause)
);
CREATE INDEX alert_cause_age ON alert_cause (created_at);

-- Up to where a conversation's answers were sent to a customer who had left.
CREATE TABLE customer_letter (
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq integer NOT NULL,
  sent_at timestamptz(3) NOT NULL,
  PRIMARY KEY (company_id, conversation_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);

-- Addresses that want no letters of a company. Only their hash, so that the list is of no use to anybody.
CREATE TABLE letter_refusal (
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  address_hash text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, address_hash)
);

-- The feed is read by transactions, as operators' windows read it: everything of transactions before this one was seen.
CREATE TABLE notification_cursor (
  company_id uuid PRIMARY KEY REFERENCES company (id) ON DELETE CASCADE,
  since bigint NOT NULL
);

-- The same for all companies at once: it tells which of them have something new.
CREATE TABLE notification_pulse (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  since bigint NOT NULL
);
INSERT INTO notification_pulse (since) VALUES (pg_current_xact_id()::text::bigint);
CREATE INDEX event_txid ON event (txid);
-- Where a contact chats is where a letter leads back to.
CREATE INDEX chat_session_contact ON chat_session (company_id, contact_id);

-- The key with which this installation names itself to push services (RFC 8292); browsers subscribe to it for years.
CREATE TABLE push_key (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  public_key text NOT NULL,
  sealed text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['alert_setting', 'alert', 'push_subscription', 'alert_send', 'alert_cause', 'customer_letter', 'letter_refusal',
                           'notification_cursor'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['alert', 'alert_cause', 'push_subscription', 'notification_cursor'] LOOP
    EXECUTE format('CREATE POLICY sweep_rows ON %I USING (current_scope() = ''sweep'')', t);
  END LOOP;
END $$;

-- Puts one job in line for each company whose log has grown, and answers how many there were. One process at a time; it
-- writes nothing while nothing happens.
CREATE FUNCTION sweep_stirred() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  begun bigint;
  upto bigint;
  stirred uuid[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('notification_pulse')) THEN RETURN 0; END IF;
  SELECT since INTO begun FROM notification_pulse;
  upto := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  PERFORM set_config('baton.scope', 'sweep', true);
  SELECT coalesce(array_agg(DISTINCT company_id), '{}') INTO stirred FROM event
  WHERE txid >= begun::text::xid8 AND txid < upto::text::xid8 AND type IN ('message', 'state');
  INSERT INTO notification_cursor (company_id, since) SELECT unnest(stirred), begun ON CONFLICT DO NOTHING;
  PERFORM set_config('baton.scope', '', true);
  PERFORM graphile_worker.add_job('alert.raise', json_build_object('companyId', company), queue_name => 'alerts:' || company,
                                  job_key => 'alerts:' || company)
  FROM unnest(stirred) AS company;
  IF cardinality(stirred) > 0 OR upto > begun + 10000 THEN UPDATE notification_pulse SET since = upto; END IF;
  RETURN cardinality(stirred);
END $$;

-- Forgets which operator, of whichever company, a browser told before: it tells one at a time.
CREATE FUNCTION sweep_push_endpoint(hash text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  DELETE FROM push_subscription WHERE endpoint_hash = hash;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('baton.scope', '', true);
  RETURN gone;
END $$;

CREATE FUNCTION sweep_old_alerts(before timestamptz, most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  DELETE FROM alert_cause WHERE created_at < before;
  DELETE FROM alert WHERE id IN (SELECT a.id FROM alert a WHERE a.changed_at < before ORDER BY a.changed_at LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('baton.scope', '', true);
  RETURN gone;
END $$;
