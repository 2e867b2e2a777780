import { z } from 'zod';
import { defineBlock, type BlockText } from '../block.ts';
import { durationSchema } from '../duration/duration.ts';
import { durationText, UNITS } from '../duration/duration-text.ts';
import type { Names } from '../names.ts';

const settings = z.strictObject({
  /** ID of a pool, in decimal. */
  pool: z.string().regex(/^[1-9]\d{0,15}$/, { error: 'expected the ID of a pool, in quotes' }),
  /** The code must not expire before; default: it must not have expired. */
  lives: durationSchema.optional(),
});

type Settings = z.output<typeof settings>;

function sentence({ pool, lives }: Settings, names: Names): BlockText {
  const values = { pool: names.pool(pool) };
  if (lives === undefined) return { id: 'block.promo_code.sentence', values };
  return { id: 'block.promo_code.lives', values: { ...values, ...durationText(lives) } };
}

/** Takes one unused code of a pool for the contact, once at each visit. */
export const promoCodeBlock = defineBlock({
  type: 'promo_code',
  group: 'flow',
  icon: 'ticket',
  label: 'Promo code',
  settings,
  exits: () => ['ok', 'empty'],
  waiting: false,
  onFailure: 'end',
  sentence,
  defaults: () => ({}),
  references: ({ pool }) => [{ kind: 'promo_pool', id: pool, path: '/pool' }],
  texts: {
    label: 'Promo code',
    sentence: 'Take a code of {pool}',
    lives: `Take a code of {pool} that is good for {amount} ${UNITS} yet`,
  },
});
