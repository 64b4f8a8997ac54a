-- What needs a person can be read by the promise that ends first. Moments are written alike in "due", so that their texts
-- sort as they do; where no clock runs, a moment after all others stands in. It is a column, as row-level security lets no
-- index begin at a value that is still to be taken out of JSON.
ALTER TABLE conversation ADD COLUMN due_at text COLLATE "C" NOT NULL
  GENERATED ALWAYS AS (coalesce(due->>'at', '9999-12-31T23:59:59.999Z')) STORED;
CREATE INDEX conversation_needs_due ON conversation (company_id, due_at, needed_since, id) WHERE needs_response AND head > 0;

-- Where the customer's browser stands and what it is called, as far as it tells; a customer may have several.
ALTER TABLE chat_session
  ADD COLUMN time_zone text,
  ADD COLUMN device text;

-- Who has made what operators keep: what is everybody's is changed by them, and by those who lead. Of what was shared
-- before this nobody knows it, and whoever leaves has made nothing any more.
ALTER TABLE canned_response
  ADD COLUMN made_by uuid,
  ADD FOREIGN KEY (company_id, made_by) REFERENCES member (company_id, user_id) ON DELETE SET NULL (made_by);
ALTER TABLE macro
  ADD COLUMN made_by uuid,
  ADD FOREIGN KEY (company_id, made_by) REFERENCES member (company_id, user_id) ON DELETE SET NULL (made_by);
ALTER TABLE saved_view
  ADD COLUMN made_by uuid,
  ADD FOREIGN KEY (company_id, made_by) REFERENCES member (company_id, user_id) ON DELETE SET NULL (made_by);
