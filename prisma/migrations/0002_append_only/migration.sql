-- The audit and the ledger are written once. Their rows go only with what they belong to: a company that is removed
-- whole takes its audit along, a conversation that is erased its decisions. Foreign keys delete from within a trigger,
-- so a deletion outside of any is somebody's own statement.

CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decision_kept BEFORE DELETE ON decision FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_not_emptied BEFORE TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A token that was replaced, and comes back after its minute of grace, is in two hands: the session ends for both.
-- Only who held the newest token could have replaced it, and nobody can tell which of the two is the customer.
CREATE OR REPLACE FUNCTION sweep_session(hash text) RETURNS jsonb LANGUAGE plpgsql AS $$
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
