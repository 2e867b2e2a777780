import type { blockVariantsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { csvRow } from '../contacts/index.ts';

const HEAD = [
  'message',
  'name',
  'use',
  'chosen',
  'open',
  'lost',
  'settled',
  'succeeded',
  'rate',
  'low',
  'high',
  'best',
  'probability',
];

/** The variants as a table for a spreadsheet. */
export function variantsCsv({ variants }: z.output<typeof blockVariantsSchema>): string {
  const rows = variants.map((variant) => [
    variant.message,
    variant.name,
    variant.use,
    variant.chosen,
    variant.open,
    variant.lost,
    variant.settled,
    variant.succeeded,
    variant.rate,
    ...variant.interval,
    variant.best,
    variant.probability,
  ]);
  return [HEAD, ...rows.map((row) => row.map((value) => String(value ?? '')))]
    .map((row) => csvRow(row, ','))
    .join('');
}
