/** Audits what blocks said about subscriptions: each once, and that it holds in the end. */
import { expect } from 'vitest';
import type { Pool } from '../../src/db/index.ts';
import type { RunTold } from './workflow-checker.ts';
import type { Drawn } from './workflow-stage.ts';

/** What is known of a person, and how often each thing was told of them. */
interface Standing {
  person: string;
  /** Whether they are in the category; null: nobody said. */
  news: boolean | null;
  /** What is known of their addresses, by channel. */
  addresses: Record<string, string>;
  /** Who says that nothing may be sent there, by channel. */
  refuses: Record<string, string>;
  /** Facts, by what they tell. */
  told: Record<string, number>;
}

/** A block that changes a subscription, and what it makes true. */
interface Change {
  block: string;
  /** The fact that tells it, as `readStandings` names it. */
  fact: string;
  /**
   * It is applied behind the step: a run that a stop ends while it waits may have done it. Of all
   * others the step commits with what it did.
   */
  awaited: boolean;
}

const CHANGES: readonly Change[] = [
  { block: 'confirm', fact: 'confirmed email', awaited: true },
  { block: 'confirm_sms', fact: 'confirmed sms', awaited: true },
  { block: 'confirm_viber', fact: 'confirmed viber', awaited: true },
  { block: 'topic', fact: 'in news', awaited: true },
  { block: 'no_topic', fact: 'out of news', awaited: true },
  { block: 'mute', fact: 'refused viber', awaited: false },
  { block: 'unmute', fact: 'lifted viber', awaited: false },
  { block: 'hush', fact: 'refused sms', awaited: false },
];

export async function checkSubscriptions(
  pool: Pool,
  { runs, drawn }: { runs: readonly RunTold[]; drawn: Drawn },
): Promise<void> {
  const standings = await readStandings(pool, drawn.all.id);
  for (const [i, run] of runs.entries()) {
    const standing = standings[i]!;
    expect(standing.person).toBe(run.person);
    const { told } = standing;
    const facts = CHANGES.map(({ fact }) => `${fact}: ${told[fact] ?? 0}`);
    expect(facts, `${run.person}: each block told once what it did`).toEqual(
      CHANGES.map((change) => `${change.fact}: ${timesOf(change, run, drawn, told)}`),
    );
    const known = new Set(CHANGES.map(({ fact }) => fact));
    expect(Object.keys(told).filter((fact) => !known.has(fact))).toEqual([]);
    expect(standing, `${run.person}: what was told holds`).toMatchObject(stateBy(told));
  }
}

/** How often the block's act must have been told. */
function timesOf(
  { block, fact, awaited }: Change,
  { history, state }: RunTold,
  { all }: Drawn,
  told: Standing['told'],
): number {
  const passed = history.filter((step) => step.block === block).length;
  const last = history.at(-1);
  const standsOn = last ? all.blocks[last.block]?.exits[last.exit ?? ''] : all.first;
  const isOpen = awaited && state === 'stopped' && standsOn === block;
  return passed + (isOpen ? Math.min(told[fact] ?? 0, 1) : 0);
}

/** By what was told of a person, what must be so now. */
function stateBy(told: Standing['told']): Omit<Standing, 'person' | 'told'> {
  const confirmed = ['email', 'sms', 'viber'].filter((channel) => told[`confirmed ${channel}`]);
  const isIn = told['in news'] ? true : null;
  return {
    news: told['out of news'] ? false : isIn,
    addresses: {
      email: 'unconfirmed',
      ...Object.fromEntries(confirmed.map((channel) => [channel, 'subscribed'])),
    },
    refuses: {
      ...(told['refused viber'] && !told['lifted viber'] && { viber: 'unsubscribed by workflow' }),
      ...(told['refused sms'] && { sms: 'unsubscribed by workflow' }),
    },
  };
}

/** In the order of runs. */
async function readStandings(pool: Pool, workflow: string): Promise<Standing[]> {
  const { rows } = await pool.query<Standing>(
    `select c.external_id as person,
            (select h.subscribed from category_choices h join categories g on g.id = h.category_id
              where h.contact_id = c.id and g.key = 'news') as news,
            coalesce((select jsonb_object_agg(a.channel, a.state) from addresses a
                       where a.contact_id = c.id and a.address in (c.email, c.phone)), '{}') as addresses,
            coalesce((select jsonb_object_agg(s.channel, s.reason || ' by ' || s.source)
                        from suppressions s
                       where s.workspace_id = c.workspace_id
                         and s.address in (c.email, c.phone)), '{}') as refuses,
            coalesce((select jsonb_object_agg(what, n) from (
              select case
                       when t.key = 'SubscriptionConfirmed' then 'confirmed ' || (e.params ->> 'channel')
                       when t.key = 'MessageUnsubscribed' then 'refused ' || (e.params ->> 'channel')
                       when e.params ->> 'status' = 'lifted' then 'lifted ' || (e.params ->> 'channel')
                       when e.params -> 'subscribed' ? 'news' then 'in news'
                       when e.params -> 'unsubscribed' ? 'news' then 'out of news'
                       else 'else ' || e.params::text
                     end as what, count(*) as n
                from events e join event_types t on t.id = e.event_type_id
               where e.contact_id = c.id
                 and t.key in ('SubscriptionConfirmed', 'SubscriptionChanged', 'MessageUnsubscribed')
               group by 1) facts), '{}') as told
       from runs r join contacts c on c.id = r.contact_id
      where r.workflow_id = $1 order by r.id`,
    [workflow],
  );
  return rows;
}
