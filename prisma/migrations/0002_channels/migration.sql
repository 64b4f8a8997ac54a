-- The platforms a company has connected: what they deliver, who writes there, and what became of our answers.

-- One configured channel of a company. Its secrets are one sealed text (AES-256-GCM), bound to this row.
CREATE TABLE connection (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  agent_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('whatsapp', 'telegram', 'slack', 'teams', 'messenger', 'sms', 'custom')),
  name text NOT NULL,
  -- Unguessable, as it stands in the address that the platform is given.
  webhook_id text NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'revoked')),
  settings jsonb NOT NULL DEFAULT '{}',
  sealed text NOT NULL,
  account text,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  last_sent_at timestamptz(3),
  last_error text,
  last_error_at timestamptz(3),
  UNIQUE (company_id, id),
  FOREIGN KEY (company_id, agent_id) REFERENCES agent (company_id, id)
);
CREATE INDEX connection_company_id_created_at_idx ON connection (company_id, created_at);

-- What was refused at the door, counted by day.
CREATE TABLE rejection (
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  reason text NOT NULL,
  day date NOT NULL,
  count integer NOT NULL DEFAULT 0,
  last_at timestamptz(3) NOT NULL,
  PRIMARY KEY (connection_id, reason, day),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE
);

-- A verified delivery of a platform, byte for byte, stored before it is acknowledged. `platform_id` is what the platform
-- would repeat; `n` is the order in which deliveries came.
CREATE TABLE webhook_delivery (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  n bigint GENERATED ALWAYS AS IDENTITY,
  platform_id text NOT NULL,
  url text NOT NULL,
  content_type text,
  body bytea NOT NULL,
  received_at timestamptz(3) NOT NULL,
  state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'handled', 'quarantined')),
  reason text,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz(3),
  UNIQUE (connection_id, platform_id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (connection_id, n) WHERE state = 'received';
CREATE INDEX webhook_delivery_quarantine ON webhook_delivery (connection_id, n DESC) WHERE state = 'quarantined';
CREATE INDEX webhook_delivery_received ON webhook_delivery (connection_id, received_at);

-- Where a conversation lives on its platform. A conversation that was closed for long is followed by a new one here.
CREATE TABLE thread (
  id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  key text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('direct', 'group')),
  address jsonb NOT NULL,
  contact_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  last_customer_at timestamptz(3),
  last_external_id text,
  blocked boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (connection_id, key),
  UNIQUE (company_id, id),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);
CREATE INDEX thread_conversation_id_idx ON thread (conversation_id);
ALTER TABLE conversation ADD FOREIGN KEY (company_id, thread_id) REFERENCES thread (company_id, id) ON DELETE SET NULL (thread_id)
  DEFERRABLE INITIALLY DEFERRED;

-- Who a platform's sender is: several of its ids may be one contact.
CREATE TABLE contact_identity (
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  address text NOT NULL,
  contact_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (connection_id, address),
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, contact_id) REFERENCES contact (company_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_identity_contact_id_idx ON contact_identity (contact_id);

-- What points at a message points at one of its own company.
ALTER TABLE message ADD UNIQUE (company_id, id);

-- Which message of the log a platform means by its id: the same id twice is one message.
CREATE TABLE external_message (
  company_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  external_id text NOT NULL,
  message_id uuid NOT NULL,
  PRIMARY KEY (connection_id, external_id),
  -- Written in one commit with the message, before it.
  FOREIGN KEY (company_id, message_id) REFERENCES message (company_id, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE
);
CREATE INDEX external_message_message_id_idx ON external_message (message_id);

-- What becomes of a message of ours on its platform; written in the commit of the message itself.
CREATE TABLE delivery (
  message_id uuid PRIMARY KEY,
  company_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  thread_id uuid NOT NULL,
  seq integer NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sending', 'unknown', 'sent', 'delivered', 'read', 'failed')),
  template jsonb,
  choices jsonb,
  sent_parts integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz(3),
  code text,
  words text,
  created_at timestamptz(3) NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  FOREIGN KEY (company_id, message_id) REFERENCES message (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, connection_id) REFERENCES connection (company_id, id) ON DELETE CASCADE,
  FOREIGN KEY (company_id, thread_id) REFERENCES thread (company_id, id) ON DELETE CASCADE
);
CREATE INDEX delivery_open ON delivery (conversation_id, seq) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_undelivered ON delivery (connection_id, changed_at DESC, message_id) WHERE state IN ('failed', 'unknown');
CREATE INDEX delivery_waiting ON delivery (connection_id) WHERE state IN ('waiting', 'sending');

-- A delivery only moves forward, whatever order receipts come in: what arrived has arrived, and a failure is final.
CREATE FUNCTION delivery_moves(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE after
    WHEN 'failed' THEN before IN ('waiting', 'sending', 'unknown', 'sent')
    WHEN 'unknown' THEN before IN ('waiting', 'sending')
    ELSE before <> 'failed' AND array_position(ARRAY['waiting', 'sending', 'unknown', 'sent', 'delivered', 'read'], before)
                              < array_position(ARRAY['waiting', 'sending', 'unknown', 'sent', 'delivered', 'read'], after)
  END
$$;

-- The only ways back: a try that did not reach the platform, and a person's word to try once more.
CREATE FUNCTION refuse_backwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF delivery_moves(OLD.state, NEW.state) OR (NEW.state = 'waiting' AND OLD.state IN ('sending', 'failed', 'unknown')) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'A delivery cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER delivery_forward BEFORE UPDATE ON delivery FOR EACH ROW
  WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION refuse_backwards();

-- Keeps verified deliveries of one company before they are acknowledged, and the work on them, in one statement. Answers how
-- many were new.
CREATE FUNCTION take_in(company uuid, deliveries jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  connection_ids uuid[];
  connection uuid;
  kept integer;
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  WITH given AS (
    INSERT INTO webhook_delivery (id, company_id, connection_id, platform_id, url, content_type, body, received_at)
    SELECT (d->>'id')::uuid, company, (d->>'connectionId')::uuid, d->>'platformId', d->>'url', d->>'contentType',
           decode(d->>'body', 'base64'), (d->>'receivedAt')::timestamptz
    FROM jsonb_array_elements(deliveries) WITH ORDINALITY AS given (d, n) ORDER BY n
    ON CONFLICT (connection_id, platform_id) DO NOTHING
    RETURNING connection_id
  ) SELECT coalesce(array_agg(DISTINCT connection_id ORDER BY connection_id), '{}'), count(*) INTO connection_ids, kept FROM given;
  FOREACH connection IN ARRAY connection_ids LOOP
    -- A job that waits will read these too. It is held until they are here, so that it cannot begin and miss them; moving it
    -- instead would have those who store at once wait for each other.
    PERFORM FROM graphile_worker._private_jobs
    WHERE key = 'webhook:' || connection AND locked_at IS NULL AND attempts = 0 AND run_at <= now() FOR SHARE;
    IF FOUND THEN
      PERFORM pg_notify('jobs:insert', '{"count":1}');
      CONTINUE;
    END IF;
    -- One job a connection, and one at a time: what came is read in its order.
    PERFORM graphile_worker.add_job('webhook.handle', json_build_object('companyId', company, 'connectionId', connection),
      queue_name => 'webhook:' || connection, max_attempts => 100, job_key => 'webhook:' || connection);
  END LOOP;
  RETURN kept;
END $$;

CREATE FUNCTION sweep_connection(wanted text) RETURNS SETOF connection LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT * FROM connection WHERE webhook_id = wanted;
  PERFORM set_config('baton.scope', '', true);
END $$;

-- All connections, for putting their secrets under a new key.
CREATE FUNCTION sweep_sealed(after uuid, most integer) RETURNS TABLE (id uuid, company_id uuid, sealed text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT c.id, c.company_id, c.sealed FROM connection c WHERE c.id > after ORDER BY c.id LIMIT most;
  PERFORM set_config('baton.scope', '', true);
END $$;

-- Raw bodies go after a while; what they told is in the log. What waits or is quarantined stays.
CREATE FUNCTION sweep_old_deliveries(before timestamptz, most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  DELETE FROM webhook_delivery WHERE id IN (
    SELECT d.id FROM webhook_delivery d WHERE d.received_at < before AND d.state <> 'received' LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('baton.scope', '', true);
  RETURN gone;
END $$;
CREATE INDEX webhook_delivery_age ON webhook_delivery (received_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['connection', 'rejection', 'webhook_delivery', 'thread', 'contact_identity', 'external_message', 'delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company_rows ON %I USING (company_id = current_company()) WITH CHECK (company_id = current_company())', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['connection', 'webhook_delivery'] LOOP
    EXECUTE format('CREATE POLICY sweep_rows ON %I USING (current_scope() = ''sweep'')', t);
  END LOOP;
END $$;
