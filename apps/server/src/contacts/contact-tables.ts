import {
  instantOf,
  keepSurvivors,
  takeEarlier,
  takeLater,
  type ContactTable,
  type Settle,
} from '../contact-rows/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';

/** Consent by the later decision, at equal times the stricter. */
const laterDecision: Settle = ({ kept, dropped }) => {
  const [then, now] = [instantOf(kept, 'state_at'), instantOf(dropped, 'state_at')];
  if (now > then || (now === then && dropped['state'] === 'unconfirmed')) return dropped;
  return kept;
};

const sumOfRefusals: Settle = ({ kept, dropped }) => {
  const later = takeLater('last_at')({ kept, dropped });
  const { first_at } = takeEarlier('first_at')({ kept, dropped });
  return { ...later, first_at: first_at!, n: Number(kept['n']) + Number(dropped['n']) };
};

/**
 * Both were changed by one job: taken back is what stands now, the later of what it left, to what
 * would stand without it, the later of what was before.
 */
const laterOfEach: Settle = ({ kept, dropped }) => ({
  ...kept,
  before: isSetLater(dropped['before']!, kept['before']!) ? dropped['before']! : kept['before']!,
  after: isSetLater(dropped['after']!, kept['after']!) ? dropped['after']! : kept['after']!,
});

/** Fields say when they were set in `set`, choices in `at`; what was never set is before all. */
function isSetLater(value: Json, than: Json): boolean {
  return instantIn(value) > instantIn(than);
}

function instantIn(value: Json): number {
  if (!isObject(value)) return -Infinity;
  return Number(Array.isArray(value['set']) ? value['set'][0] : value['at']);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The card itself is a row of `contacts`, joined field by field. */
export const contactTables: ContactTable[] = [
  { table: 'devices', conflict: { key: ['device_id'], settle: keepSurvivors } },
  { table: 'addresses', conflict: { key: ['channel', 'address'], settle: laterDecision } },
  { table: 'field_conflicts' },
  { table: 'earlier_values', conflict: { key: ['job_id', 'subject'], settle: laterOfEach } },
  { table: 'identifier_refusals', conflict: { key: ['kind', 'reason'], settle: sumOfRefusals } },
];
