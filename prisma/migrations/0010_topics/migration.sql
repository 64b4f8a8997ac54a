-- A customer's topics: beside the conversation that every chat begins with, which is their General one, a customer may
-- hold others with the same agent. Each is a conversation of its own, and a topic is in one conversation at a time.

ALTER TABLE agent ADD COLUMN topics text[] NOT NULL DEFAULT '{}';

-- One browser, over all its sessions with an agent. Topics are its own, and not its contact's: when operators make two
-- contacts one, neither browser may read what was said in the other.
ALTER TABLE chat_session ADD COLUMN visitor_id uuid NOT NULL DEFAULT gen_random_uuid();

CREATE TABLE chat_topic (
  company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  visitor_id uuid NOT NULL,
  -- The name as it is compared: two windows that open a topic at once open the same one.
  key text NOT NULL CHECK (key <> 'general'),
  name text NOT NULL,
  conversation_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, visitor_id, key),
  UNIQUE (company_id, conversation_id),
  FOREIGN KEY (company_id, conversation_id) REFERENCES conversation (company_id, id) ON DELETE CASCADE
);

-- The topics of one customer side by side, as operators see them.
CREATE INDEX conversation_contact_agent ON conversation (company_id, contact_id, agent_id, last_message_at DESC)
  WHERE channel = 'web' AND head > 0;

ALTER TABLE chat_topic ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_topic FORCE ROW LEVEL SECURITY;
CREATE POLICY company_rows ON chat_topic USING (company_id = current_company()) WITH CHECK (company_id = current_company());
CREATE POLICY sweep_rows ON chat_topic USING (current_scope() = 'sweep');

-- Which of these listeners, each a session and a conversation, may still listen: by their places in the list.
DROP FUNCTION sweep_live_sessions(uuid[]);
CREATE FUNCTION sweep_listeners(sessions uuid[], conversations uuid[]) RETURNS TABLE (place bigint) LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT asked.n FROM unnest(sessions, conversations) WITH ORDINALITY AS asked (session, conversation, n)
    JOIN chat_session s ON s.id = asked.session AND s.state <> 'CLOSED' AND s.expires_at > now()
    WHERE s.conversation_id = asked.conversation
      OR EXISTS (SELECT FROM chat_topic t WHERE t.company_id = s.company_id AND t.visitor_id = s.visitor_id
                 AND t.conversation_id = asked.conversation);
  PERFORM set_config('baton.scope', '', true);
END $$;
