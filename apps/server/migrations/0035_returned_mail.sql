-- What a refusal said about the address: several unclear ones in a row make it dead.
alter table deliveries
  add column bounce text
    constraint deliveries_bounce check (bounce in ('dead', 'blocked', 'counted', 'ignored'));
