-- An answer that brings a new token can be lost on its way: until the new one has been used, the one before it still opens
-- the chat, so that nobody loses their conversation to a closed tab.
ALTER TABLE chat_session ADD COLUMN token_seen boolean NOT NULL DEFAULT true;

-- A token that was replaced, and comes back after its successor was used and its minute of grace is over, is in two hands:
-- the session ends for both, as nobody can tell which of the two is the customer.
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
  IF NOT (answer->'session'->>'token_seen')::boolean THEN
    -- A turn of its own for each is not worth a wait: whoever asks next finds it out as well.
    UPDATE chat_session SET token_seen = true WHERE id IN (
      SELECT s.id FROM chat_session s WHERE s.token_hash = hash FOR UPDATE SKIP LOCKED);
  END IF;
  IF answer IS NULL THEN
    -- A token just rotated away still serves requests that were under way, and whoever never got the new one.
    SELECT jsonb_build_object('session', to_jsonb(s), 'conversation', to_jsonb(c) || jsonb_build_object(
                              'contact_name', k.name, 'agent_name', a.name, 'operator_name', u.name, 'operator_image', u.image),
                              'origins', a.allowed_origins, 'agentName', a.name, 'contactName', k.name)
    INTO answer
    FROM chat_session s
    JOIN conversation c ON c.company_id = s.company_id AND c.id = s.conversation_id
    JOIN agent a ON a.company_id = s.company_id AND a.id = s.agent_id
    JOIN contact k ON k.company_id = s.company_id AND k.id = s.contact_id
    LEFT JOIN "user" u ON u.id = c.operator_id
    WHERE s.previous_token_hash = hash AND (s.rotated_at > now() - interval '60 seconds' OR NOT s.token_seen);
  END IF;
  IF answer IS NULL THEN
    UPDATE chat_session SET state = 'CLOSED', expires_at = least(expires_at, now())
    WHERE previous_token_hash = hash AND rotated_at <= now() - interval '60 seconds' AND token_seen AND expires_at > now();
  END IF;
  PERFORM set_config('baton.scope', '', true);
  RETURN answer;
END $$;
