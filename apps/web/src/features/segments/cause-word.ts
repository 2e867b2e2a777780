import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** Why somebody entered or left, or what made a list; an unknown cause is shown as it is written. */
export function causeWord(cause: string, t: Say): string {
  const id = `segments.cause.${cause}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : cause;
}

/** What changed, as rules mention it: `event:WorkoutCompleted`, `field:custom.plan`, `device`. */
const CHANGES = [
  'event',
  'field',
  'segment',
  'message',
  'workflow',
  'channel',
  'category',
  'device',
  'order',
] as const;

/** The cause with the change that it was, where that is told. */
export function causeSentence(cause: string, by: string | null | undefined, t: Say): string {
  const at = by?.indexOf(':') ?? -1;
  const kind = at < 0 ? by : by?.slice(0, at);
  const change = CHANGES.find((each) => each === kind);
  if (change === undefined) return causeWord(cause, t);
  const name = at < 0 ? '' : by!.slice(at + 1).replace(/^custom\./, '');
  const said = t(`segments.by.${change}`, { name });
  return cause === 'data'
    ? said
    : t('segments.by.with', { cause: causeWord(cause, t), change: said });
}
