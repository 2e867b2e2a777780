import { describe, expect, test } from 'vitest';
import { testRest } from '../test-rest.ts';
import type { Call, Case } from './case.ts';
import { accountCases } from './account.ts';
import { broadcastCases } from './broadcasts.ts';
import { bulkCases } from './bulk.ts';
import { contactCases } from './contacts.ts';
import { eventCases } from './events.ts';
import { activityCases } from './activity.ts';
import { catalogueCases } from './catalogue.ts';
import { singleSendCases } from './single-sends.ts';
import { groupCases } from './groups.ts';
import { subscriptionCases } from './subscriptions.ts';
import { tokenCases } from './tokens.ts';
import { orderCases } from './orders.ts';
import { promoCodeCases } from './promo-codes.ts';
import { subscribeCases } from './subscribe.ts';

const rest = await testRest();
const { newWorkspace, call, advance, setSettings, pipeline, pool } = rest;
const { addField, addCategory, addType, addMapping, addMessage } = rest;

const tables: Record<string, Case[]> = {
  account: accountCases,
  activity: activityCases,
  contacts: contactCases,
  bulk: bulkCases,
  broadcasts: broadcastCases,
  catalogue: catalogueCases,
  'single sends': singleSendCases,
  subscribe: subscribeCases,
  subscriptions: subscriptionCases,
  tokens: tokenCases,
  groups: groupCases,
  orders: orderCases,
  'promo codes': promoCodeCases,
  events: eventCases,
};

describe.each(Object.entries(tables))('%s', (_table, cases) => {
  test.each(cases.map((entry) => [entry.does, entry] as const))('%s', async (_does, entry) => {
    const names = new Map<string, unknown>();
    const workspace = await newWorkspace();
    for (const field of entry.given?.fields ?? []) {
      names.set(`field.${field.key}`, (await addField(workspace.id, field)).id);
    }
    for (const category of entry.given?.categories ?? []) await addCategory(workspace.id, category);
    for (const { key, ...settings } of entry.given?.types ?? []) {
      await addType(workspace.id, { key, ...settings });
    }
    for (const mapping of entry.given?.mappings ?? []) await addMapping(workspace.id, mapping);
    for (const { key } of entry.given?.messages ?? []) {
      names.set(`message.${key}`, await addMessage(workspace.id, { key }));
    }
    if (entry.given?.settings) await setSettings(workspace.id, entry.given.settings);
    for (const step of entry.calls) await play(step, workspace, names);
  });
});

async function play(
  step: Call,
  workspace: Awaited<ReturnType<typeof newWorkspace>>,
  names: Map<string, unknown>,
): Promise<void> {
  advance((step.later ?? 1) * 1000);
  const key = await keyOf(step, workspace);
  const answer = await call(filled(step.send, names) as string, {
    ...(key !== undefined && { key }),
    ...(step.body !== undefined && { body: filled(step.body, names) }),
    ...(step.headers && { headers: filled(step.headers, names) as Record<string, string> }),
  });
  const said = `${step.send}: ${JSON.stringify(answer.body)}`;
  expect(answer.status, said).toBe(step.status ?? 200);
  if (step.answer !== undefined) check(answer.body, filled(step.answer, names), said);
  for (const [name, value] of Object.entries(step.answerHeaders ?? {})) {
    expect(String(answer.headers[name]), `${step.send}: ${name}`).toBe(value);
  }
  for (const [name, path] of Object.entries(step.keep ?? {})) {
    const value = path === '' ? answer.body : at(answer.body, path);
    expect(value, `${step.send}: ${path}`).toBeDefined();
    names.set(name, value);
  }
  if (step.applied || step.facts) await pipeline.drain();
  if (step.facts) {
    expect(await newFacts(workspace.id, names), step.send).toEqual(filled(step.facts, names));
  }
}

/** What happened since this was asked the last time. */
async function newFacts(workspaceId: number, names: Map<string, unknown>): Promise<string[]> {
  const { rows } = await pool.query<{
    id: number;
    type: string;
    params: object;
    key: string | null;
  }>(
    `select e.id, t.key as type, e.params, e.key
       from events e join event_types t on t.id = e.event_type_id
      where e.workspace_id = $1 and e.id > $2 order by e.id`,
    [workspaceId, names.get('last fact') ?? 0],
  );
  names.set('last fact', rows.at(-1)?.id ?? names.get('last fact') ?? 0);
  return rows
    .filter(({ type }) => !QUIET.has(type))
    .map(({ type, params, key }) => [type, textOf(params), key ?? ''].join(' ').trim());
}

/** Facts that most calls cause, and that few cases are about. */
const QUIET = new Set(['FieldChanged', 'ContactCreated']);

function textOf(params: object): string {
  const members = Object.entries(params).map(([name, value]) => `${name}: ${memberText(value)}`);
  return `{${members.join(', ')}}`;
}

function memberText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function keyOf(
  { rights }: Call,
  workspace: Awaited<ReturnType<typeof newWorkspace>>,
): Promise<string | undefined> {
  if (rights === null) return undefined;
  return rights ? workspace.newKey(rights) : workspace.key;
}

function check(body: unknown, expected: unknown, said: string): void {
  if (expected instanceof RegExp) expect(String(body), said).toMatch(expected);
  else if (Array.isArray(expected)) expect(body, said).toMatchObject(expected);
  else if (typeof expected === 'object' && expected !== null) checkMembers(body, expected, said);
  else expect(body, said).toEqual(expected);
}

/** Members that are `undefined` must not be there. */
function checkMembers(body: unknown, expected: object, said: string): void {
  const members = Object.entries(expected);
  const there = members.filter(([, value]) => value !== undefined);
  expect(body, said).toMatchObject(Object.fromEntries(there));
  for (const [name, value] of members)
    if (value === undefined) expect(body, said).not.toHaveProperty(name);
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, part) => {
    return (inner as Record<string, unknown> | undefined)?.[part];
  }, value);
}

/** `"{ada}"` alone becomes the value, inside a text its text. */
function filled(value: unknown, names: Map<string, unknown>): unknown {
  if (typeof value === 'string') {
    const whole = /^\{([\w.]+)\}$/.exec(value)?.[1];
    if (whole !== undefined && names.has(whole)) return names.get(whole);
    return value.replaceAll(/\{([\w.]+)\}/g, (text, name: string) =>
      names.has(name) ? String(names.get(name)) : text,
    );
  }
  if (value instanceof RegExp || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => filled(entry, names));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, filled(inner, names)]),
  );
}
