import type { alarmSeriesSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { countEventQuarters } from '../events/index.ts';
import { countFailures, countStarts, type Quarters } from '../runs/index.ts';
import { countSendQuarters } from '../sends/index.ts';
import type { Bucket } from './buckets.ts';

type Series = z.output<typeof alarmSeriesSchema>;

type Reader<Kind extends Series['kind']> = (
  db: Db,
  series: Extract<Series, { kind: Kind }>,
  where: { workspaceId: number; from: Date; to: Date },
) => Promise<Quarters>;

const readers: { readonly [Kind in Series['kind']]: Reader<Kind> } = {
  event: (db, { event }, where) => countEventQuarters(db, { event, ...where }),
  starts: (db, { workflow: workflowId }, where) => countStarts(db, { workflowId, ...where }),
  failures: (db, { workflow: workflowId }, where) => countFailures(db, { workflowId, ...where }),
  sends: (db, { channel, message: messageId, tag: tagId }, where) =>
    countSendQuarters(db, { channel, messageId, tagId, ...where }),
};

/** What is watched, by quarter of an hour. */
export function readSeries(
  db: Db,
  { workspaceId, series, from, to }: { workspaceId: number; series: Series } & Bucket,
): Promise<Quarters> {
  const where = { workspaceId, from: new Date(from), to: new Date(to) };
  return readers[series.kind](db, series as never, where);
}
