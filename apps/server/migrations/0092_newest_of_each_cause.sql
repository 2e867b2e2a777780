-- The newest sends of a campaign and of a workflow, and those that wait: lists of them read no others.
create index sends_newest_of_campaign on sends (campaign_id, id) where campaign_id is not null;
create index sends_newest_of_workflow on sends (workflow_id, id) where workflow_id is not null;
create index sends_held on sends (workspace_id, id) where decision = 'held';
-- Deliveries of many sends, without reading all that their contacts ever got.
create index deliveries_of_send on deliveries (send_id);
