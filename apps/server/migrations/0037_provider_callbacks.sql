-- When a provider last said what became of its messages, to a minute.
alter table providers add column callback_at timestamptz(3);
