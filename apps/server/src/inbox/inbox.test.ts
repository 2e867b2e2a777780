import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { createInbox, InboxFull } from './inbox.ts';
import { LANES, type InboxItem } from './item.ts';

const { pool } = await testDatabase();

const item: InboxItem = {
  kind: 'stop',
  ids: [['contact', '1']],
  at: 0,
  source: 'api',
  workflowId: 1,
  runId: 1,
  reason: 'by hand',
};

test('who reads the backlog is called by the first append after a rest, and not by the others', async () => {
  let called = 0;
  const clock = (): Date => new Date(0);
  const inbox = createInbox({ pool, clock, maxBacklog: 10, onFirst: () => (called += 1) });
  const append = () => inbox.append({ workspaceId: 1, lane: LANES.stream, items: [item] });
  await append();
  inbox.setBacklog(1);
  await append();
  expect(inbox.wantsBacklog()).toBe(true);
  inbox.setBacklog(1);
  await append();
  inbox.setBacklog(0);
  expect(called).toBe(1);
  expect(inbox.wantsBacklog()).toBe(false);
  await append();
  await append();
  expect(called).toBe(2);
  inbox.setBacklog(10);
  expect(inbox.wantsBacklog()).toBe(true);
  await expect(append()).rejects.toBeInstanceOf(InboxFull);
  await inbox.close();
});
