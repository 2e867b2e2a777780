-- Several messages of one campaign, compared with each other.
alter table campaigns
  -- The messages besides `message_id`, the shares of all of them, and whether a winner is found first.
  add column split jsonb,
  -- What is sent of the others, from the start on.
  add column other_versions integer[],
  -- When everybody of the test was decided about: the time until the winner counts from here.
  add column tested_at timestamptz(3),
  -- Of the messages, 0 being `message_id`; with how it was found and the counts it was found by.
  add column winner integer,
  add column winner_result jsonb,
  add constraint campaigns_winner check ((winner is null) = (winner_result is null));

-- Whether its contacts wait for the winner.
alter table campaign_slices add column rest boolean not null default false;
drop index campaign_slices_waiting;
create index campaign_slices_waiting on campaign_slices (campaign_id, rest, due_at nulls first, n)
  where handed_at is null;
