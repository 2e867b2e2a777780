import {
  checkNode,
  contactConditions,
  interpret,
  type Facts,
  type Node,
} from '@perennial/conditions';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import type { Json } from '../../inbox/index.ts';
import type { ContactState } from '../contact-state.ts';
import { chosen } from '../choose-contacts.ts';
import type { CustomRules } from '../field-catalogue.ts';
import { normalizeValue, type FieldRule } from '../normalize-value.ts';
import { saveContacts } from '../contact-store.ts';
import { SYSTEM_FIELDS } from '../system-fields.ts';
import { fieldTypesOf } from './condition-fields.ts';
import { filterSql } from './filter-sql.ts';

const { pool } = await testDatabase();

const NOW = Date.UTC(2026, 9, 14, 9, 30);
const DAY = 86_400_000;
const workspaceZone = 'Europe/Kyiv';

const rules: CustomRules = new Map(
  Object.entries({
    plan: 'text',
    score: 'decimal',
    active: 'boolean',
    trial_end: 'date',
    seen: 'date_time',
    tags: 'multiple_choice',
  } as const).map(([key, type]) => [key, { type, archived: false }]),
);
const fields = fieldTypesOf(rules);

const texts = fc.oneof(
  fc.constantFrom('A', 'a', 'ab', 'B', 'b ', 'Ä', 'ä', 'ΣΟΦΟΣ', 'σοφοσ', 'İ', 'i', 'ß', '5', '5.0'),
  fc.constantFrom('%', '_', '\\', "'", '$1', '😀', '😀b', 'Ǆ', 'ǆ', 'a\nb', '2026-10-14', 'true'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => text !== ''),
);
const days = fc.oneof(
  fc.constantFrom(
    '2026-10-13',
    '2026-10-14',
    '2026-10-15',
    '2024-02-29',
    '2023-02-28',
    '1990-10-12',
  ),
  // Left out by Samoa.
  fc.constantFrom('2011-12-29', '2011-12-30', '2011-12-31', '0001-01-01', '9999-12-31'),
);
const instants = fc.oneof(
  fc.constantFrom('2026-10-14T09:30:00Z', '2026-10-13T22:00:00Z', '2026-10-13T21:00:00.000Z'),
  fc.constantFrom('2011-12-30T10:00:00Z', '2011-12-30T09:59:59.999Z', '2026-10-25T00:30:00Z'),
  fc
    .integer({ min: NOW - 500 * DAY, max: NOW + 40 * DAY })
    .map((instant) => new Date(instant).toISOString()),
);
const numbers = fc.oneof(
  fc.constantFrom(0, 1, 5, -1, 0.1, 0.30000000000000004, 5.5, 100, 1e21, 1e-7, -0),
  fc.integer({ min: -5, max: 9 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const zone = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('UTC', 'workspace', 'America/New_York', 'Pacific/Apia') },
  // Computed for every zone there is.
  { weight: 1, arbitrary: fc.constant('contact') },
);
const maybeZone = fc.oneof(fc.constant({}), fc.record({ zone }));
const maybeCase = fc.oneof(fc.constant({}), fc.record({ ignore_case: fc.boolean() }));

const textOps = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'not_starts_with',
  'ends_with',
  'not_ends_with',
];
const patterns = fc.constantFrom(
  '^[A-Z]$',
  'a|b',
  '\\d+',
  '^.$',
  '[^a]',
  '(a|b)*c?',
  '^(ab){1,2}$',
  'ä',
  '[а-яα-ω]',
  '^$|a',
  '\\.',
  '[\\]\\-^]',
  '😀.',
  '[^\\w\\s]',
  '^',
  '(a{0,2}){2}',
  '^(|a)b',
);
const textPredicate = joined(
  fc.oneof(
    fc.record({ op: fc.constantFrom(...textOps), value: texts }),
    fc.record({ op: fc.constantFrom('one_of', 'none_of'), value: listOf(texts) }),
    fc.record({ op: fc.constant('matches'), value: patterns }),
  ),
  maybeCase,
);
const presence = fc.record({ op: fc.constantFrom('is_set', 'is_empty') });
const numberPredicate = fc.oneof(
  fc.record({
    op: fc.constantFrom(
      'equals',
      'not_equals',
      'greater',
      'greater_or_equal',
      'less',
      'less_or_equal',
    ),
    value: numbers,
  }),
  fc.record({ op: fc.constantFrom('one_of', 'none_of'), value: listOf(numbers) }),
  fc
    .tuple(numbers, numbers)
    .map(([a, b]) => ({ op: 'between', value: [Math.min(a, b), Math.max(a, b)] })),
);
const unit = fc.constantFrom('day', 'week', 'month', 'year');
const n = fc.integer({ min: 1, max: 5 });
const period = fc.oneof(
  joined(
    fc.oneof(
      fc.constantFrom({ kind: 'today' }, { kind: 'yesterday' }),
      fc.record({ kind: fc.constant('this'), unit: fc.constantFrom('week', 'month', 'year') }),
      fc.record({ kind: fc.constant('previous'), n, unit }),
      fc.record({ kind: fc.constantFrom('before', 'after'), at: days }),
    ),
    maybeZone,
  ),
  fc.record({ kind: fc.constantFrom('last', 'longer_ago', 'next'), n, unit }),
  fc.constant({ kind: 'ever' }),
);
const span = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.nat(400))
  .map(([from, length]) => ({ from, to: Math.min(366, from + length) }));
const momentPredicate = joined(
  fc.oneof(
    fc.record({ op: fc.constant('on'), value: days }),
    fc.record({ op: fc.constantFrom('before', 'after'), value: fc.oneof(days, instants) }),
    fc
      .uniqueArray(days, { minLength: 2, maxLength: 2 })
      .map((ends) => ({ op: 'between', value: ends.toSorted() })),
    fc.record({ op: fc.constant('in'), period }),
  ),
  maybeZone,
);
const anniversary = fc.record({ op: fc.constant('anniversary'), value: span });
const listPredicate = joined(
  fc.record({ op: fc.constantFrom('has_any', 'has_all', 'has_none'), value: listOf(texts) }),
  maybeCase,
);

const condition = fc
  .oneof(
    fc.tuple(
      fc.constantFrom('id', 'external_id', 'email', 'city', 'custom.plan', 'language'),
      fc.oneof(textPredicate, presence),
    ),
    fc.tuple(
      fc.constant('source'),
      fc.record({
        op: fc.constantFrom('one_of', 'none_of'),
        value: listOf(fc.constantFrom('api', 'sdk', 'import')),
      }),
    ),
    fc.tuple(fc.constant('custom.score'), fc.oneof(numberPredicate, presence)),
    fc.tuple(
      fc.constant('custom.active'),
      fc.oneof(
        fc.record({ op: fc.constantFrom('equals', 'not_equals'), value: fc.boolean() }),
        presence,
      ),
    ),
    fc.tuple(
      fc.constantFrom('custom.trial_end', 'birthday'),
      fc.oneof(momentPredicate, joined(anniversary, maybeZone), presence),
    ),
    fc.tuple(
      fc.constantFrom('custom.seen', 'created_at', 'last_seen_at'),
      fc.oneof(
        { weight: 9, arbitrary: momentPredicate },
        { weight: 1, arbitrary: presence },
        // Written out for every year: dear to make.
        {
          weight: 1,
          arbitrary: joined(
            anniversary,
            fc.record({ zone: fc.constantFrom('UTC', 'Pacific/Apia') }),
          ),
        },
      ),
    ),
    fc.tuple(fc.constant('custom.tags'), fc.oneof(listPredicate, presence)),
  )
  .map(([field, predicate]) => ({ type: 'field', field, ...predicate }));

const nodes = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'tree' },
    { weight: 3, arbitrary: condition },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
  ),
})).tree;

function joined<A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) {
  return fc.tuple(a, b).map(([first, second]) => ({ ...first, ...second }));
}

function listOf<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(values, { minLength: 1, maxLength: 4 });
}

const VALUES: Record<string, fc.Arbitrary<Json>> = {
  'custom.plan': texts,
  'custom.score': numbers,
  'custom.active': fc.boolean(),
  'custom.trial_end': days,
  'custom.seen': instants,
  'custom.tags': fc.array(texts, { maxLength: 3 }),
  city: texts,
  language: fc.constantFrom('en', 'uk', 'pt-BR'),
  birthday: days,
  time_zone: fc.constantFrom(
    'Asia/Tokyo',
    'Pacific/Apia',
    'Europe/Kiev',
    'US/Pacific',
    'Etc/GMT+5',
  ),
};

const anyContact = fc.record({
  values: fc.record(VALUES, { requiredKeys: [] }),
  email: fc.option(fc.constantFrom('a@x.io', 'ab@x.io', 'ä@x.io')),
  externalId: fc.boolean(),
  created: fc.integer({ min: NOW - 400 * DAY, max: NOW }),
  seen: fc.option(fc.integer({ min: NOW - 3 * DAY, max: NOW })),
});

/** Stored as the pipeline stores them. */
function stateOf(
  { values, ...made }: typeof anyContact extends fc.Arbitrary<infer T> ? T : never,
  id: number,
): ContactState {
  const stored = Object.entries(values).flatMap(([field, value]) => {
    const rule = (SYSTEM_FIELDS[field] ?? rules.get(field.slice('custom.'.length))) as FieldRule;
    const normalized = normalizeValue(rule, value ?? null);
    return normalized.ok && normalized.value !== null ? [[field, normalized.value] as const] : [];
  });
  return {
    id,
    workspaceId: 1,
    externalId: made.externalId ? `A${id}` : null,
    email: made.email,
    phone: null,
    fields: Object.fromEntries(stored),
    setAt: {},
    source: id % 2 ? 'api' : 'sdk',
    createdAt: made.created,
    updatedAt: made.created,
    lastSeenAt: made.seen,
    deletedAt: null,
    mergedInto: null,
  };
}

const states = fc
  .sample(anyContact, { numRuns: 120, seed: 7 })
  .map((made, n) => stateOf(made, n + 1));

beforeAll(() => inTransaction(pool, (tx) => saveContacts(tx, { contacts: states })));

function factsOf(state: ContactState): Facts {
  const text = (instant: number | null) =>
    instant === null ? null : new Date(instant).toISOString();
  return {
    now: NOW,
    workspaceZone,
    contactZone: state.fields['time_zone'] as string | undefined,
    events: new Map(),
    fields: {
      ...state.fields,
      id: String(state.id),
      external_id: state.externalId,
      email: state.email,
      source: state.source,
      created_at: text(state.createdAt),
      last_seen_at: text(state.lastSeenAt),
    },
  };
}

function checked(input: unknown): Node {
  const outcome = checkNode(input, { fields, types: contactConditions });
  if (!outcome.ok) throw new Error(JSON.stringify([input, outcome.issues]));
  return outcome.value;
}

async function found(node: Node): Promise<number[]> {
  const questions = { channel: () => 'false' };
  const { values, condition } = chosen({
    workspaceId: 1,
    identified: false,
    where: (put) =>
      filterSql(
        { node, rules },
        { put, workspaceId: 1, workspaceZone, now: new Date(NOW), questions },
      ),
  });
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where ${condition} order by id`,
    values,
  );
  return rows.map(({ id }) => id);
}

function expected(node: Node): number[] {
  return states
    .filter((state) => interpret(node, factsOf(state), { fields, types: contactConditions }))
    .map(({ id }) => id);
}

test('a filter in SQL finds whom the interpreter finds', { timeout: 90_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(nodes, async (input) => {
      const node = checked(input);
      expect(await found(node)).toEqual(expected(node));
    }),
    { numRuns: 120 },
  );
});

test('each kind of condition finds somebody and not everybody', async () => {
  const conditions = fc.sample(condition, { numRuns: 4000, seed: 3 });
  const byOperator = Map.groupBy(conditions, ({ op }) => String(op));
  for (const [op, some] of byOperator) {
    const tells = (input: object): boolean => {
      const size = expected(checked(input)).length;
      return size > 0 && size < states.length;
    };
    expect(some.some(tells), op).toBe(true);
  }
});
