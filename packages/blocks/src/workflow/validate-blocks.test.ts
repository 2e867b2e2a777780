import { expect, test } from 'vitest';
import { validateWorkflow } from './validate-workflow.ts';
import type { WorkflowWorld } from './world.ts';

const world: WorkflowWorld = {
  message: (id) => (id === '4' ? { channel: 'email', archived: false } : undefined),
  fields: (name) => {
    if (name === 'birthday') return { type: 'date' };
    return name === 'first_name' ? { type: 'text' } : undefined;
  },
  segment: (id) => ['7', '8', '9'].includes(id),
  list: (id) => id === '8',
  takesEvent: (id) => id === '9',
  category: (key) => key === 'news',
  promoPool: (id) => id === '4',
  secret: (id) => (id === '5' ? 'https://api.example' : undefined),
  channel: (key) => key === 'email',
  workflow: (id) => id === '3',
  tag: (id) => id === '5',
  unwritable: () => undefined,
  eventType: () => true,
};

const start = { type: 'event', event: 'Go' };

function problemsOf(block: object, begin: object = start): string[] {
  const blocks = { b0: { type: 'email', message: '4', exits: { next: 'b1' } }, b1: block };
  const json = { language: 1, start: begin, first: 'b0', blocks };
  return validateWorkflow(json, world).errors.map(({ path, message }) => `${path} ${message}`);
}

const hour = { n: 1, unit: 'hour' };

test.each([
  [{ type: 'wait_for', event: 'Bought', timeout: hour }],
  [{ type: 'wait_for', segment: '7', timeout: hour }],
  [{ type: 'wait_for', message_status: { block: 'b0', status: 'opened' }, timeout: hour }],
  [{ type: 'wait_for', message_status: { block: 'any', status: 'sent' }, timeout: hour }],
  [{ type: 'if', condition: { type: 'run', param: 'b0.decision', op: 'equals', value: 'sent' } }],
  [{ type: 'if', condition: { type: 'message_status', block: 'b0', status: 'clicked' } }],
  [{ type: 'add_to_list', list: '8' }],
  [{ type: 'subscribe', category: 'news' }],
  [{ type: 'start_workflow', workflow: '3' }],
])('%j can be published', (block) => {
  expect(problemsOf(block)).toEqual([]);
});

test.each([
  [{ type: 'wait_for', timeout: hour }, '/blocks/b1 ', 'Choose one of'],
  [{ type: 'wait_for', event: 'A', segment: '7', timeout: hour }, '/blocks/b1 ', 'Choose one of'],
  [{ type: 'wait_for', event: 'A' }, '/blocks/b1/timeout', ''],
  [{ type: 'wait_for', segment: '5', timeout: hour }, '/blocks/b1/segment', 'does not exist'],
  [{ type: 'wait_for', segment: '9', timeout: hour }, '/blocks/b1/segment', 'takes values'],
  [
    { type: 'wait_for', segment: '7', where: { param: 'a', op: 'is_set' }, timeout: hour },
    '/blocks/b1/where',
    'Only an event',
  ],
  [
    { type: 'wait_for', message_status: { block: 'b9', status: 'sent' }, timeout: hour },
    '/blocks/b1/message_status',
    'does not exist',
  ],
  [
    { type: 'if', condition: { type: 'message_status', block: 'b1', status: 'sent' } },
    '/blocks/b1/condition',
    'sends no message',
  ],
  [
    { type: 'if', condition: { type: 'run', param: 'b9.x', op: 'is_set' } },
    '/blocks/b1/condition',
    'does not exist',
  ],
  [{ type: 'switch', conditions: [] }, '/blocks/b1/conditions', 'one condition'],
  [{ type: 'switch', conditions: [{ all: [] }] }, '/blocks/b1/conditions/0', 'empty'],
  [{ type: 'add_to_list', list: '7' }, '/blocks/b1/list', 'does not exist'],
  [{ type: 'subscribe' }, '/blocks/b1 ', 'Choose one of'],
  [{ type: 'unsubscribe', category: 'old' }, '/blocks/b1/category', 'does not exist'],
  [{ type: 'unsubscribe', channel: 'mobile_push' }, '/blocks/b1/channel', ''],
  [{ type: 'start_workflow', workflow: '4' }, '/blocks/b1/workflow', 'does not exist'],
  [{ type: 'create_contact' }, '/blocks/b1 ', 'what finds the contact'],
  [
    { type: 'create_contact', external_id: 'a', fields: { nope: 1 } },
    '/blocks/b1/fields/nope',
    'does not exist',
  ],
  [{ type: 'wait_until', date: 'soon' }, '/blocks/b1/date', ''],
])('%j cannot', (block, path, message) => {
  const found = problemsOf(block);
  expect(found.length, JSON.stringify(found)).toBeGreaterThan(0);
  expect(`${found[0]} `).toContain(path);
  expect(found[0]).toContain(message);
});

test.each([
  [{ type: 'date', field: 'birthday', anniversary: true }, undefined],
  [{ type: 'date', field: 'nope' }, '/start/field The field nope does not exist.'],
  [{ type: 'field_change', field: 'nope' }, '/start/field The field nope does not exist.'],
  [{ type: 'field_change', field: 'first_name', from: null }, undefined],
  [
    { type: 'segment', segment: '7', mode: 'regular', schedule: { every: 'day', at: '09:00' } },
    undefined,
  ],
  [{ type: 'segment', segment: '7', mode: 'regular' }, '/start/schedule'],
  [{ type: 'segment', segment: '7', mode: 'sometimes' }, '/start/mode'],
])('the start %j', (begin, problem) => {
  const found = problemsOf({ type: 'end' }, begin);
  if (problem === undefined) expect(found).toEqual([]);
  else expect(found.join()).toContain(problem);
});
