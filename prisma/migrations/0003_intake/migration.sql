-- Deliveries of several companies are taken in together, each company's are settled in one round trip, and each part of a
-- message of ours is known by itself.

DROP FUNCTION take_in(uuid, jsonb);

-- Keeps verified deliveries before they are acknowledged, and the work on them, in one statement. Answers how many were new.
CREATE FUNCTION take_in(deliveries jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  company uuid;
  connection_ids uuid[];
  connection uuid;
  fresh integer;
  kept integer := 0;
BEGIN
  -- In one order for all, so that two who store at once never wait for each other.
  FOR company IN SELECT DISTINCT (d->>'companyId')::uuid FROM jsonb_array_elements(deliveries) AS d ORDER BY 1 LOOP
    PERFORM set_config('baton.company', company::text, true);
    WITH given AS (
      INSERT INTO webhook_delivery (id, company_id, connection_id, platform_id, url, content_type, body, received_at)
      SELECT (d->>'id')::uuid, company, (d->>'connectionId')::uuid, d->>'platformId', d->>'url', d->>'contentType',
             decode(d->>'body', 'base64'), (d->>'receivedAt')::timestamptz
      FROM jsonb_array_elements(deliveries) WITH ORDINALITY AS given (d, n)
      WHERE (d->>'companyId')::uuid = company ORDER BY n
      ON CONFLICT (connection_id, platform_id) DO NOTHING
      RETURNING connection_id
    ) SELECT coalesce(array_agg(DISTINCT connection_id ORDER BY connection_id), '{}'), count(*) INTO connection_ids, fresh FROM given;
    kept := kept + fresh;
    FOREACH connection IN ARRAY connection_ids LOOP
      -- A job that waits will read these too. It is held until they are here, so that it cannot begin and miss them; moving it
      -- instead would have those who store at once wait for each other.
      PERFORM FROM graphile_worker._private_jobs
      WHERE key = 'webhook:' || connection AND locked_at IS NULL AND attempts = 0 AND run_at <= now() FOR SHARE;
      CONTINUE WHEN FOUND;
      -- One job a connection, and one at a time: what came is read in its order.
      PERFORM graphile_worker.add_job('webhook.handle', json_build_object('companyId', company, 'connectionId', connection),
        queue_name => 'webhook:' || connection, max_attempts => 100, job_key => 'webhook:' || connection);
    END LOOP;
  END LOOP;
  RETURN kept;
END $$;

-- Notes what became of deliveries of one company.
CREATE FUNCTION settle_deliveries(company uuid, facts jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  UPDATE webhook_delivery AS w SET state = f->>'state', reason = f->>'reason', next_at = (f->>'nextAt')::timestamptz,
         attempts = w.attempts + CASE WHEN f->>'state' = 'handled' THEN 0 ELSE 1 END
  FROM jsonb_array_elements(facts) AS f WHERE w.company_id = company AND w.id = (f->>'id')::uuid;
END $$;

-- Keeps what a platform needs to be answered in a thread, as it was told last. Who writes to us has not blocked us.
CREATE FUNCTION keep_address(company uuid, thread_id uuid, told jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.company', company::text, true);
  UPDATE thread SET address = told, blocked = false WHERE company_id = company AND id = thread_id;
END $$;

-- How far each part of a message of ours came: a message is as far as the part that is furthest behind, and one that
-- failed is sent again without those that arrived.
ALTER TABLE external_message
  ADD COLUMN part integer CHECK (part >= 0),
  ADD COLUMN state text NOT NULL DEFAULT 'sent' CHECK (state IN ('sent', 'delivered', 'read', 'failed'));
ALTER TABLE delivery DROP COLUMN sent_parts;
