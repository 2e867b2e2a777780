import { instantOf, type ContactTable, type Settle } from '../contact-rows/index.ts';

/** By the later decision, at equal times the stricter. */
const laterDecision: Settle = ({ kept, dropped }) => {
  const [then, now] = [instantOf(kept, 'decided_at'), instantOf(dropped, 'decided_at')];
  return now > then || (now === then && dropped['subscribed'] === false) ? dropped : kept;
};

export const contactTables: ContactTable[] = [
  { table: 'category_choices', conflict: { key: ['category_id'], settle: laterDecision } },
];
