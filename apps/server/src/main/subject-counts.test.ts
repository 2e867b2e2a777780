import { afterAll, expect, test } from 'vitest';
import { reportCampaign } from '../campaigns/report/report-campaign.ts';
import { startCampaign } from '../campaigns/set-campaign-state.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { countBySubject } from '../sends/index.ts';
import { testRenderPool } from '../sends/senders/test-senders.ts';
import { campaignWorld } from './test-campaigns.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

const body = { html: '<p>Sale <a href="{{ unsubscribe_url }}">no</a></p>', text: 'x' };
const subjects = ['Sale', 'Sale, {{ contact.first_name }}'];
const URL = 'https://shop.example/a';

test('reports tell of each subject what became of its sends, people apart from machines', async () => {
  const world = await campaignWorld(pool, { renderPool });
  const message = await world.message({
    workspaceId: world.workspaceId,
    content: { en: { subject: subjects[0]!, more_subjects: [subjects[1]!], ...body } },
  });
  const people = await world.people(40);
  const id = await world.campaign({ include: [await world.list(people)], message });
  await inTransaction(pool, (tx) =>
    startCampaign(tx, { workspace: world.workspace, id, by: world.by() }),
  );
  await world.send();
  const got = await readersOf(id);
  const [first, second] = [got(0), got(1)];
  expect(first.length + second.length).toBe(people.length);

  await world.open(id, first[0]!);
  await world.open(id, first[1]!, { machine: 'prefetch' });
  await world.visit(id, second[0]!, { status: 'clicked', url: URL, links: 9 });
  await world.visit(id, second[1]!, { status: 'clicked', url: URL, links: 9, machine: 'head' });
  await world.visit(id, second[2]!, { status: 'unsubscribed' });
  await world.pipeline.drain();

  const campaign = await world.read(id);
  const { subjects: counted } = await reportCampaign(pool, { campaign });
  const common = { message, language: 'en', complained: 0 };
  const expected = [
    {
      ...common,
      text: subjects[0],
      sent: first.length,
      opened: 1,
      opened_with_machines: 2,
      clicked: 0,
      clicked_with_machines: 0,
      unsubscribed: 0,
    },
    {
      ...common,
      text: subjects[1],
      sent: second.length,
      opened: 1,
      opened_with_machines: 2,
      clicked: 1,
      clicked_with_machines: 2,
      unsubscribed: 1,
    },
  ];
  expect(counted).toEqual(expected);
  const asked = { workspaceId: world.workspaceId, of: { message }, from: campaign.created_at };
  expect(await countBySubject(pool, asked)).toEqual(expected);
  expect(await countBySubject(pool, { ...asked, workspaceId: asked.workspaceId + 1 })).toEqual([]);

  await reordered(message);
  const again = await world.campaign({ include: [await world.list(people)], message });
  await inTransaction(pool, (tx) =>
    startCampaign(tx, { workspace: world.workspace, id: again, by: world.by() }),
  );
  await world.send();
  const all = await countBySubject(pool, asked);
  // The newest order, and what was sent before is counted with what was not.
  expect(all.map(({ text }) => text)).toEqual([...subjects].reverse());
  expect(all.reduce((sum, { sent }) => sum + sent, 0)).toBe(2 * people.length);
  expect(all.find(({ text }) => text === subjects[0])).toMatchObject({ opened: 1 });
});

/** Who got the first subject, and who the second. */
async function readersOf(campaignId: number): Promise<(subject: number) => number[]> {
  const { rows } = await pool.query<{ contact_id: number; subject: number }>(
    `select d.contact_id, d.subject from deliveries d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
      where s.campaign_id = $1 order by d.id`,
    [campaignId],
  );
  return (subject) =>
    rows.filter((row) => row.subject === subject).map(({ contact_id }) => contact_id);
}

/** A new version: the same subjects the other way round. */
async function reordered(message: number): Promise<void> {
  const content = { en: { subject: subjects[1]!, more_subjects: [subjects[0]!], ...body } };
  await pool.query(
    `with v as (
       insert into message_versions (message_id, version, content, compiled, created_at, personalisation, subjects)
       select message_id, 2, $2, compiled, created_at, personalisation, subjects from message_versions
        where message_id = $1 and version = 1
       returning message_id)
     update messages set version = 2 where id = (select message_id from v)`,
    [message, JSON.stringify(content)],
  );
}
