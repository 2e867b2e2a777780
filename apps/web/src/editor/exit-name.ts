import type { TextId } from '../app/catalogue.ts';
import type { Say } from '../app/text.tsx';

const known: Record<string, TextId> = {
  next: 'workflows.exit.next',
  failed: 'workflows.exit.failed',
  yes: 'workflows.exit.yes',
  no: 'workflows.exit.no',
  else: 'workflows.exit.else',
  happened: 'workflows.exit.happened',
  timeout: 'workflows.exit.timeout',
  ok: 'workflows.exit.ok',
  empty: 'workflows.exit.empty',
  created: 'workflows.exit.created',
  updated: 'workflows.exit.updated',
};

/** An exit as people read it; branches of a split are their letters. */
export function exitName(exit: string, t: Say): string {
  const text = known[exit];
  if (text) return t(text);
  return exit.length === 1 ? exit.toLocaleUpperCase() : exit;
}
