-- Of calls Twilio names the number and the account, never the messaging service that a line is addressed by: such a line is
-- found by its account too.
CREATE OR REPLACE FUNCTION sweep_phone_lines(wanted text[]) RETURNS SETOF connection LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('baton.scope', 'sweep', true);
  RETURN QUERY SELECT * FROM connection WHERE channel = 'sms' AND (settings->>'from' = ANY(wanted) OR settings->>'voiceAgentId' = ANY(wanted)
      OR (settings->>'accountSid' = ANY(wanted) AND settings->>'from' LIKE 'MG%'))
    -- Whoever enters the agent of others comes behind them, and never before the number itself.
    ORDER BY settings->>'from' = ANY(wanted) DESC, created_at LIMIT 20;
  PERFORM set_config('baton.scope', '', true);
END $$;
CREATE INDEX connection_service ON connection ((settings->>'accountSid')) WHERE channel = 'sms' AND settings->>'from' LIKE 'MG%';

-- Who is known by a phone number alone is called by it, until they tell a name.
CREATE OR REPLACE FUNCTION thread_leads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'direct' AND NEW.key ~ '^\+[1-9][0-9]{6,14}$'
     AND EXISTS (SELECT FROM connection WHERE company_id = NEW.company_id AND id = NEW.connection_id AND channel = 'sms') THEN
    INSERT INTO lead (id, company_id, phone_number, contact_id, created_at)
    VALUES (gen_random_uuid(), NEW.company_id, NEW.key, NEW.contact_id, NEW.created_at)
    ON CONFLICT (company_id, phone_number) DO NOTHING;
    UPDATE contact SET name = NEW.key WHERE company_id = NEW.company_id AND id = NEW.contact_id AND name = '';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION contact_called() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name := coalesce((SELECT phone_number FROM lead WHERE company_id = NEW.company_id AND contact_id = NEW.id
                        ORDER BY created_at LIMIT 1), '');
  RETURN NEW;
END $$;
CREATE TRIGGER contact_called BEFORE UPDATE OF name ON contact FOR EACH ROW
  WHEN (NEW.name = '' AND OLD.name <> '') EXECUTE FUNCTION contact_called();

ALTER TABLE lead NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contact NO FORCE ROW LEVEL SECURITY;
-- What is changed here is found again by its new name.
ALTER TABLE search_due NO FORCE ROW LEVEL SECURITY;
UPDATE contact k SET name = l.phone_number
  FROM (SELECT DISTINCT ON (contact_id) company_id, contact_id, phone_number FROM lead ORDER BY contact_id, created_at) l
  WHERE l.company_id = k.company_id AND l.contact_id = k.id AND k.name = '';
ALTER TABLE search_due FORCE ROW LEVEL SECURITY;
ALTER TABLE contact FORCE ROW LEVEL SECURITY;
ALTER TABLE lead FORCE ROW LEVEL SECURITY;
