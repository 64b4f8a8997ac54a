-- What could not be delivered reaches somebody, what waits keeps its order, and what could not be read is kept longer.

-- A message of ours did not arrive.
ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check
  CHECK (kind IN ('escalation', 'offered', 'assigned', 'message', 'mention', 'sla_warning', 'sla_breach', 'undelivered'));

CREATE INDEX delivery_lost ON delivery (conversation_id) WHERE state IN ('failed', 'unknown');

-- How many answers of a conversation on a platform did not arrive, or are not known to have; lines of the system are none.
CREATE FUNCTION undelivered_of(thread_id uuid, conversation uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN thread_id IS NULL THEN 0 ELSE (
    SELECT count(*)::integer FROM delivery d JOIN message m ON m.id = d.message_id
    WHERE d.conversation_id = conversation AND d.state IN ('failed', 'unknown') AND m.author_kind IN ('agent', 'operator')) END
$$;

CREATE OR REPLACE FUNCTION conversation_names(c conversation) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('contact_name', k.name, 'agent_name', a.name, 'operator_name', u.name, 'operator_image', u.image,
                            'undelivered', undelivered_of(c.thread_id, c.id))
  FROM contact k
  JOIN agent a ON a.company_id = c.company_id AND a.id = c.agent_id
  LEFT JOIN "user" u ON u.id = c.operator_id
  WHERE k.company_id = c.company_id AND k.id = c.contact_id
$$;

-- The threads of a delivery that failed in passing: what came after it there waits too.
ALTER TABLE webhook_delivery ADD COLUMN lines text[];
CREATE INDEX webhook_delivery_held ON webhook_delivery (connection_id, next_at) WHERE state = 'received' AND lines IS NOT NULL;

-- Notes what became of deliveries of one company; one that only waited for another was not tried.
CREATE OR REPLACE FUNCTION settle_deliveries(company uuid, facts jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  UPDATE webhook_delivery AS w
  SET state = f->>'state', reason = f->>'reason', next_at = (f->>'nextAt')::timestamptz,
      lines = CASE WHEN jsonb_array_length(coalesce(f->'lines', '[]')) > 0
                   THEN ARRAY(SELECT jsonb_array_elements_text(f->'lines')) END,
      attempts = w.attempts + CASE WHEN f->>'state' = 'handled' OR (f->'waited')::boolean THEN 0 ELSE 1 END
  FROM jsonb_array_elements(facts) AS f WHERE w.company_id = company AND w.id = (f->>'id')::uuid;
END $$;

-- Raw bodies go after a while; what they told is in the log. What waits stays, and what is quarantined stays 60 days longer.
CREATE OR REPLACE FUNCTION sweep_old_deliveries(before timestamptz, most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE gone integer;
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  DELETE FROM webhook_delivery WHERE id IN (
    SELECT d.id FROM webhook_delivery d
    WHERE d.received_at < before AND (d.state = 'handled' OR (d.state = 'quarantined' AND d.received_at < before - interval '60 days'))
    LIMIT most);
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('baton.scope', '', true);
  RETURN gone;
END $$;

-- When the customer wrote last as the platform tells, where that is earlier than when we took it in.
ALTER TABLE thread ADD COLUMN customer_wrote_at timestamptz(3);
