import type { Query } from '../../api.ts';
import { splitChoices } from '../../app/use-url-state.ts';
import { instantOf } from './edit/zone-time.ts';

export const noFilters = {
  kind: '',
  type: '',
  channel: '',
  status: '',
  workflow: '',
  search: '',
  from: '',
  to: '',
};
export type ActivityFilterState = typeof noFilters;

export function isFiltered(state: ActivityFilterState): boolean {
  return (Object.keys(noFilters) as (keyof ActivityFilterState)[]).some((name) => state[name]);
}

/** The filters as the server takes them; days are those of the user's zone, the last one whole. */
export function activityQuery(state: ActivityFilterState, zone: string): Query {
  const { kind, from, to, type, channel, status, workflow, search } = state;
  return {
    kinds: splitChoices(kind),
    type,
    channel,
    status,
    workflow,
    search,
    from: from && new Date(instantOf(`${from}T00:00`, zone)).toISOString(),
    before: to && new Date(instantOf(`${dayAfter(to)}T00:00`, zone)).toISOString(),
  };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
