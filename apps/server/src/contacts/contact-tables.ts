import {
  instantOf,
  keepSurvivors,
  takeEarlier,
  takeLater,
  type ContactTable,
  type Settle,
} from '../contact-rows/index.ts';

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

/** The card itself is a row of `contacts`, joined field by field. */
export const contactTables: ContactTable[] = [
  { table: 'devices', conflict: { key: ['device_id'], settle: keepSurvivors } },
  { table: 'addresses', conflict: { key: ['channel', 'address'], settle: laterDecision } },
  { table: 'field_conflicts' },
  { table: 'identifier_refusals', conflict: { key: ['kind', 'reason'], settle: sumOfRefusals } },
];
