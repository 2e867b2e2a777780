-- The program that carries out the call: what a dead one left may be taken over at once.
alter table idempotency_keys add column claimed_by bigint;
