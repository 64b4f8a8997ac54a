-- The operators' day: a run of test cases by a button, and windows that nobody looks at.

-- A run of a company's test cases that somebody asked for, while it is under way or where it failed: one at a time.
CREATE TABLE test_run_asked (
  company_id uuid PRIMARY KEY REFERENCES company (id) ON DELETE CASCADE,
  run_id uuid NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  -- Whoever takes it up raises it: of two, only the last one writes.
  attempt integer NOT NULL DEFAULT 0,
  total integer NOT NULL,
  -- So far, one for each case that was asked, as contracts/copilot.ts says.
  results jsonb NOT NULL DEFAULT '[]',
  -- Why it ended early, in words.
  problem text
);
ALTER TABLE test_run_asked ENABLE ROW LEVEL SECURITY;
ALTER TABLE test_run_asked FORCE ROW LEVEL SECURITY;
CREATE POLICY company_rows ON test_run_asked USING (company_id = current_company()) WITH CHECK (company_id = current_company());

-- When a window of theirs was last looked at, where their windows tell; and whether they are away because none was.
ALTER TABLE presence ADD COLUMN looked_at timestamptz(3);
ALTER TABLE presence ADD COLUMN unseen boolean NOT NULL DEFAULT false;

-- Notes who is here now, and answers how they stand: as they chose, or else as they stood, or online where they come anew.
-- Whoever has had no window in sight for five minutes is away until they look at one again. Whoever comes, or is not away
-- any more, may be given what waits. "looked" says that a window is in sight, or that one is open and is not.
DROP FUNCTION sweep_seen(uuid[], uuid[], text[]);
CREATE FUNCTION sweep_seen(companies uuid[], users uuid[], chosen text[], looked boolean[])
RETURNS TABLE (of_company uuid, person uuid, standing text) LANGUAGE plpgsql AS $$
DECLARE
  company uuid;
  arrived boolean;
BEGIN
  FOR company IN SELECT DISTINCT c FROM unnest(companies) AS c ORDER BY c LOOP
    PERFORM set_config('baton.company', company::text, true);
    -- Two who note the same person would each decide on what stood before the other.
    PERFORM 1 FROM presence p WHERE p.company_id = company AND p.user_id = ANY(users) ORDER BY p.user_id FOR UPDATE;
    WITH said AS (
      SELECT m.user_id, (array_agg(seen.status ORDER BY seen.n DESC) FILTER (WHERE seen.status IS NOT NULL))[1] AS chosen,
             bool_or(seen.looked) AS looked
      FROM unnest(companies, users, chosen, looked) WITH ORDINALITY AS seen (company_id, user_id, status, looked, n)
      JOIN member m ON m.company_id = company AND m.user_id = seen.user_id
      WHERE seen.company_id = company GROUP BY m.user_id
    ), before AS (
      SELECT said.*, CASE WHEN p.seen_at > now() - interval '45 seconds' THEN p.status END AS was, coalesce(p.unseen, false) AS was_unseen,
             CASE WHEN said.looked OR said.chosen IS NOT NULL THEN now()
                  WHEN said.looked = false THEN coalesce(p.looked_at, now()) ELSE p.looked_at END AS looked_at
      FROM said LEFT JOIN presence p ON p.company_id = company AND p.user_id = said.user_id
    ), decided AS (
      SELECT before.*, by_hand.status IS DISTINCT FROM 'away' AND before.looked_at < now() - interval '5 minutes' AS unseen,
             coalesce(by_hand.status, 'online') AS wanted
      FROM before CROSS JOIN LATERAL (
        SELECT coalesce(before.chosen, CASE WHEN before.was_unseen THEN 'online' ELSE before.was END) AS status
      ) by_hand
    ), noted AS (
      INSERT INTO presence (company_id, user_id, status, seen_at, looked_at, unseen)
      SELECT company, d.user_id, CASE WHEN d.unseen THEN 'away' ELSE d.wanted END, now(), d.looked_at, coalesce(d.unseen, false)
      FROM decided d ORDER BY d.user_id
      ON CONFLICT ON CONSTRAINT presence_pkey DO UPDATE
        SET status = excluded.status, seen_at = excluded.seen_at, looked_at = excluded.looked_at, unseen = excluded.unseen
      RETURNING presence.user_id, presence.status
    )
    SELECT bool_or(noted.status = 'online' AND decided.was IS DISTINCT FROM 'online') INTO arrived
    FROM noted JOIN decided USING (user_id);
    IF arrived AND EXISTS (SELECT FROM routing r WHERE r.company_id = company AND r.active) THEN
      PERFORM graphile_worker.add_job('desk.route', json_build_object('companyId', company),
        queue_name => 'route:' || company, job_key => 'route:' || company);
    END IF;
    RETURN QUERY SELECT company, p.user_id, p.status FROM presence p
      WHERE p.company_id = company AND p.user_id IN (SELECT u FROM unnest(companies, users) AS asked (c, u) WHERE c = company);
  END LOOP;
  PERFORM set_config('baton.company', '', true);
END $$;
