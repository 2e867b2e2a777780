/**
 * What the tests of other products pin, asked of the live evaluator and of sets: the interpreter
 * answers the same tables in `packages/conditions/src/peers`.
 */
import type { Definition } from '@perennial/conditions';
import { expect, test } from 'vitest';
import { dittofeedCases } from '../../../../packages/conditions/src/peers/test-dittofeed-cases.ts';
import {
  fields,
  MINUTE,
  START,
  type Step,
} from '../../../../packages/conditions/src/peers/test-play.ts';
import { testDatabase } from '../db/test-database.ts';
import { evaluateSet } from '../evaluation/set/evaluate-set.ts';
import type { Identifier, InboxItem, JsonObject } from '../inbox/index.ts';
import { contactQuestions } from '../main/around-contacts.ts';
import { testPipeline } from './test-pipeline.ts';
import { segmentWorld, type SegmentWorld } from './test-segments.ts';

const { pool } = await testDatabase();
const pipeline = await testPipeline(pool, { clock: () => new Date(START) });

/** The custom fields of the cases, by key. */
const CUSTOM = {
  env: 'text',
  status: 'text',
  age: 'decimal',
  at_risk: 'boolean',
  created: 'date_time',
  items: 'multiple_choice',
  'two words': 'text',
};

async function newWorld(): Promise<SegmentWorld> {
  const world = await segmentWorld(pool, pipeline, { start: START });
  await pool.query(
    `insert into fields (workspace_id, key, label, type, source, created_at)
     select $1, key, key, type, 'manual', $4 from unnest($2::text[], $3::text[]) as f (key, type)`,
    [world.workspaceId, Object.keys(CUSTOM), Object.values(CUSTOM), new Date(START)],
  );
  return world;
}

function itemsOf({ identify = {}, track = [] }: Step, at: number): InboxItem[] {
  const named = (id: string): Identifier => ['external_id', id];
  return [
    ...Object.entries(identify).map(([id, { email, ...set }]): InboxItem => ({
      kind: 'identify',
      ids: [
        named(id),
        ...(typeof email === 'string' && email ? [['email', email] as Identifier] : []),
      ],
      fields: { ...set, ...(email !== undefined && { email }) } as JsonObject,
      at,
      source: 'api',
    })),
    ...track.map(([id, event, params = {}]): InboxItem => ({
      kind: 'event',
      ids: [named(id)],
      event,
      params: params as JsonObject,
      at,
      source: 'sdk',
      ownTime: true,
      createContact: true,
    })),
  ];
}

async function setOf(world: SegmentWorld, rule: Definition): Promise<string[]> {
  const question = {
    rule,
    workspaceId: world.workspaceId,
    workspaceZone: 'UTC',
    workspaceCurrency: 'USD',
    now: new Date(world.now()),
    fields,
    questions: contactQuestions,
  };
  const ids = await evaluateSet(pool, question, { wanted: 'members', timeoutMs: 20_000 });
  const { rows } = await pool.query<{ name: string }>(
    `select external_id as name from contacts where id = any($1) order by 1`,
    [ids],
  );
  return rows.map(({ name }) => name);
}

/** A text that is set where a field holds a list is stored as a list of one, so it has the item. */
const STORED_OTHERWISE = new Set(['D44 a list that includes an item']);

const cases = dittofeedCases.filter(({ id }) => !STORED_OTHERWISE.has(id));

test.each(cases.map((peerCase) => [peerCase.id, peerCase] as const))(
  '%s',
  async (_id, { include, exclude, steps }) => {
    const world = await newWorld();
    const rule = { language: 1, include, ...(exclude ? { exclude } : {}) } as Definition;
    const segment = await world.segment(rule);
    for (const step of steps) {
      const now = START + (step.at ?? 0) * MINUTE;
      world.setClock(now);
      await world.append(...itemsOf(step, now));
      await world.drain();
      expect(await world.members(segment)).toEqual([...step.members].toSorted());
      expect(await setOf(world, rule)).toEqual([...step.members].toSorted());
    }
    await world.close();
  },
);
