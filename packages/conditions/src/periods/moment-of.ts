import type { Json } from '../json.ts';
import { type Moment, readMoment } from '../values/moment.ts';

/** The moment of a value that was checked before; throws for any other. */
export function momentOf(value: Json): Moment {
  const moment = readMoment(value);
  if (!moment) throw new Error(`${JSON.stringify(value)} is no day and no instant`);
  return moment;
}
