import type { Json } from '../json.ts';
import { type Period, periodDefinition } from './index.ts';

/** The period in the one form that all equal periods share: no zone where it means nothing or UTC. */
export function canonicalPeriod(period: Period): Json {
  const { zone, ...rest } = period;
  const matters = periodDefinition(period).zoned && zone !== undefined && zone !== 'UTC';
  return matters ? { ...rest, zone } : rest;
}
