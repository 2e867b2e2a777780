/**
 * Audits what workflows did by what they left behind: histories, deliveries, what peers received. It
 * knows how the workflow is drawn and nothing of the engine.
 */
import { expect } from 'vitest';
import type { Pool } from '../../src/db/index.ts';
import type { Received } from './smtp-peer.ts';
import type { ReceivedCall } from './webhook-peer.ts';
import type { Drawn, DrawnBlock } from './workflow-stage.ts';

/** A run with everything that is told of it. */
export interface RunTold {
  contact: string;
  run: string;
  person: string;
  state: string;
  steps_taken: number;
  started_at: string;
  ended_at: string | null;
  n: number;
  history: StepTold[];
}

export interface StepTold {
  n: number;
  block: string;
  type: string;
  exit: string | null;
  at: string;
  decided_by: Record<string, unknown> | null;
}

export async function readRuns(pool: Pool, workflow: string): Promise<RunTold[]> {
  const { rows } = await pool.query<RunTold>(
    `select r.contact_id::text as contact, r.id::text as run, c.external_id as person, r.state,
            r.steps as steps_taken, to_jsonb(r.started_at) #>> '{}' as started_at,
            to_jsonb(r.ended_at) #>> '{}' as ended_at, (r.context -> 'params' ->> 'n')::integer as n,
            coalesce((select jsonb_agg(to_jsonb(s) order by s.n, s.at) from run_steps s
                       where s.contact_id = r.contact_id and s.run_id = r.id), '[]') as history
       from runs r join contacts c on c.id = r.contact_id
      where r.workflow_id = $1
      order by r.id`,
    [workflow],
  );
  return rows;
}

/** Every start made one run, and each run's history is a way through the drawing, without gaps. */
export function checkWays(
  runs: readonly RunTold[],
  people: readonly string[],
  { all }: Drawn,
): void {
  expect(runs.map(({ person }) => person).toSorted()).toEqual(people.toSorted());
  for (const run of runs) {
    expect(problemsOf(run, all), run.person).toEqual([]);
  }
}

function problemsOf(
  { state, steps_taken: taken, history, started_at: started, ended_at: ended }: RunTold,
  { first, blocks }: { first: string; blocks: Record<string, DrawnBlock> },
): string[] {
  const problems: string[] = [];
  const must = (isSo: boolean, otherwise: string): void => {
    if (!isSo) problems.push(otherwise);
  };
  must(history.length === taken, `took ${taken} steps, and its history tells ${history.length}`);
  let expected: string | undefined = first;
  let before = Date.parse(started);
  for (const [i, { n, block, type, exit, at }] of history.entries()) {
    must(n === i, `step ${i} bears the number ${n}`);
    must(block === expected, `step ${i} stands on ${block} in the place of ${expected}`);
    must(type === blocks[block]?.type, `${block} is told as ${type}`);
    must(Date.parse(at) >= before, `step ${i} lies before the one before it`);
    before = Date.parse(at);
    expected = exit === null ? undefined : blocks[block]?.exits[exit];
    const drawn = exit === null || exit in (blocks[block]?.exits ?? {});
    must(drawn || state !== 'completed', `${block} is left by ${exit}, which is not drawn`);
  }
  must(ended !== null, `is ${state}`);
  const atEnd = history.at(-1);
  if (state === 'completed') must(atEnd?.block === 'end', `ended on ${atEnd?.block}`);
  else must(state === 'stopped', `is ${state}: ${JSON.stringify(atEnd)}`);
  if (ended !== null) must(Date.parse(ended) >= before, 'took a step after its end');
  return problems;
}

/** Blocks that everybody leaves by the same exit, whatever was killed. */
const CERTAIN: Readonly<Record<string, string>> = {
  refused: 'failed',
  confirm: 'next',
  confirm_sms: 'next',
  confirm_viber: 'next',
  fields: 'next',
  hello: 'next',
  sms: 'next',
  viber: 'next',
  telegram: 'failed',
  mobile_push: 'failed',
  web_push: 'failed',
  choose: 'next',
  receipt: 'next',
  enter: 'next',
  inside: 'yes',
  leave: 'next',
  outside: 'no',
  topic: 'next',
  no_topic: 'next',
  mute: 'next',
  unmute: 'next',
  hush: 'next',
  code: 'ok',
  friend: 'created',
  hook: 'ok',
  past: 'next',
};

/** What decided at each block was as it had to be. */
export function checkExits(runs: readonly RunTold[], answers: ReadonlySet<string>): void {
  for (const { person, n, history } of runs) {
    for (const { block, exit, decided_by: seen } of history) {
      const told = `${person} ${block} ${JSON.stringify(seen)}`;
      if (block in CERTAIN) expect(exit, told).toBe(CERTAIN[block]);
      if (block === 'switch') expect(exit, told).toBe(n < 2 ? String(n + 1) : 'else');
      if (block === 'wait') expect(exit, told).toBe(answers.has(person) ? 'happened' : 'timeout');
    }
  }
}

/** How many of each thing a step left behind. */
interface Left {
  run: string;
  block: string;
  n: number;
}

/** Each visit of a block did what it does once, and nothing was done without a visit. */
export async function checkEffects(
  pool: Pool,
  { runs, drawn }: { runs: readonly RunTold[]; drawn: Drawn },
): Promise<void> {
  const visits = (types: readonly string[], exits?: readonly string[]): Left[] =>
    runs.flatMap(({ run, history }) =>
      history
        .filter(({ type, exit }) => types.includes(type) && (!exits || exits.includes(exit ?? '')))
        .map(({ block }) => ({ run, block, n: 1 })),
    );
  const left = async (text: string): Promise<Left[]> =>
    (await pool.query<Left>(text, [drawn.all.id])).rows;
  const same = (found: Left[], wanted: Left[], what: string): void =>
    expect(asLines(found), what).toEqual(asLines(wanted));

  same(
    await left(
      `select run_id::text as run, block, count(*)::integer as n from sends
        where workflow_id = $1 and campaign_id is null group by 1, 2`,
    ),
    visits(MESSAGES),
    'decisions to send',
  );
  same(
    await left(
      `select s.run_id::text as run, s.block, count(distinct d.send_id)::integer as n
         from sends s join deliveries d on d.contact_id = s.contact_id and d.send_id = s.id
        where s.workflow_id = $1 and s.campaign_id is null group by 1, 2`,
    ),
    visits(MESSAGES, ['next']),
    'sends with deliveries',
  );
  same(
    await left(
      `select run_id::text as run, block, count(*)::integer as n from promo_grants
        where workflow_id = $1 group by 1, 2`,
    ),
    visits(['promo_code'], ['ok']),
    'promo codes',
  );
  const called = await left(
    `select run_id::text as run, block, count(*)::integer as n from workflow_calls
      where workflow_id = $1 and state = 'answered' group by 1, 2`,
  );
  same(called, visits(['webhook'], ['ok']), 'webhooks');
  same(
    await left(
      `select origin_run::text as run, origin_block as block, count(*)::integer as n from campaigns
        where origin_workflow = $1 group by 1, 2`,
    ),
    visits(['message_to_segment'], ['next']),
    'messages to a segment',
  );
}

const MESSAGES = [
  'email',
  'sms',
  'viber',
  'telegram',
  'mobile_push',
  'web_push',
  'app_inbox',
  'in_app',
  'one_from_many',
];

function asLines(left: Left[]): string[] {
  return left.map(({ run, block, n }) => `${run} ${block} ${n}`).toSorted();
}

/** What is about contacts: by the visits of each person. */
export async function checkContacts(
  pool: Pool,
  { runs, drawn }: { runs: readonly RunTold[]; drawn: Drawn },
): Promise<void> {
  const { rows } = await pool.query<{
    person: string;
    count: number | null;
    greeted: number;
    others: number;
    friends: number;
    entered: number;
    converted: boolean;
  }>(
    `select c.external_id as person, (c.fields ->> 'custom.count')::integer as count,
            (select count(*) from events e join event_types t on t.id = e.event_type_id
              where e.contact_id = c.id and t.key = 'Greeted')::integer as greeted,
            (select count(*) from runs o where o.contact_id = c.id and o.workflow_id = $2)::integer as others,
            (select count(*) from contacts f where f.workspace_id = c.workspace_id
              and f.external_id = 'friend of ' || c.external_id and f.merged_into is null)::integer as friends,
            (select count(*) from events e join event_types t on t.id = e.event_type_id
              where e.contact_id = c.id and t.key = 'SegmentEntered' and e.key = $3)::integer as entered,
            r.results ? '@converted' as converted
       from runs r join contacts c on c.id = r.contact_id
      where r.workflow_id = $1 order by r.id`,
    [drawn.all.id, drawn.other.id, drawn.list],
  );
  const wanted = runs.map(({ person, state, history }) => {
    const passed = (block: string): number => history.filter((step) => step.block === block).length;
    // A stop may come between an act and the run's hearing of it.
    const acts = (block: string, next: string): number | 'open' =>
      state === 'stopped' && passed(next) === 0 && passed(block) === 0 ? 'open' : passed(block);
    return {
      person,
      count: passed('fields') || null,
      greeted: passed('greet'),
      others: passed('other'),
      friends: acts('friend', 'greet'),
      entered: acts('enter', 'inside'),
      converted: passed('goal') > 0,
    };
  });
  expect(
    rows.map((row, i) => ({
      ...row,
      ...(wanted[i]!.friends === 'open' && { friends: 'open' }),
      ...(wanted[i]!.entered === 'open' && { entered: 'open' }),
    })),
  ).toEqual(wanted);
}

export interface MailTold {
  message_id: string | null;
  person: string;
  subject: string;
  transactional: boolean;
  state: string;
  once_uncertain: boolean;
}

/** E-mails of all runs and campaigns, by delivery. */
export async function readMails(pool: Pool, workspaceId: number): Promise<MailTold[]> {
  const { rows } = await pool.query<MailTold>(
    `select d.provider_ref as message_id, d.address as person, m.name as subject, s.transactional, d.state,
            d.uncertain_at is not null as once_uncertain
       from deliveries d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
       join messages m on m.id = s.message_id
      where d.workspace_id = $1 and d.channel = 'email'`,
    [workspaceId],
  );
  return rows;
}

/**
 * What the mail server took is what deliveries say: what was accepted arrived, what is uncertain may
 * have; nothing that was cancelled; marketing never twice, a receipt twice only with one Message-ID
 * and if it was uncertain.
 */
export function checkMails(told: readonly MailTold[], received: readonly Received[]): void {
  const name = (to: string, subject: string): string => `${to} ${subject}`;
  const arrived = Map.groupBy(received, ({ to, subject }) => name(to, subject));
  const known = Map.groupBy(told, ({ person, subject }) => name(person, subject));
  for (const [mail, copies] of arrived) {
    const deliveries = known.get(mail) ?? [];
    const ids = new Set(copies.map(({ messageId }) => messageId));
    const repeatable = deliveries.filter((one) => one.transactional && one.once_uncertain);
    expect(ids.size, `${mail}: as many Message-IDs as deliveries`).toBeLessThanOrEqual(
      deliveries.length,
    );
    if (repeatable.length === 0) expect(copies.length, `${mail} arrived`).toBe(ids.size);
  }
  for (const [mail, deliveries] of known) {
    const sure = deliveries.filter(({ state }) => state === 'accepted').length;
    const open = deliveries.filter(({ state }) => state === 'uncertain').length;
    const copies = new Set(arrived.get(mail)?.map(({ messageId }) => messageId)).size;
    expect(copies, `${mail}: what was accepted arrived`).toBeGreaterThanOrEqual(sure);
    expect(copies, `${mail}: nothing else arrived`).toBeLessThanOrEqual(sure + open);
  }
}

/** Each call was made at least once, at every try under the same ID, and no other was. */
export function checkCalls(runs: readonly RunTold[], calls: readonly ReceivedCall[]): void {
  const made = Map.groupBy(calls, ({ person }) => person);
  for (const { person, history, state } of runs) {
    const passed = history.filter(({ block }) => block === 'hook').length;
    const ids = new Set(made.get(person)?.map(({ webhookId }) => webhookId)).size;
    // One that was stopped while it waited for the answer may have asked.
    if (state === 'stopped' && passed === 0) expect(ids, person).toBeLessThanOrEqual(1);
    else expect(ids, person).toBe(passed);
  }
}
