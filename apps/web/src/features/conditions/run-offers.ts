import { MESSAGE_STATUSES, type JsonObject } from '@perennial/conditions';
import type { Say } from '../../app/text.tsx';
import type { Untyped } from './offer.ts';
import { startPredicate } from './predicate.ts';
import type { Subject } from './subject.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What only the conditions of a workflow can be about: its event, its messages, its results, the clock. */
export function runOffers({ run }: Vocabulary, t: Say): Untyped[] {
  if (!run) return [];
  const last = run.senders.at(-1)?.value ?? 'any';
  return [
    ...run.params.map((param) =>
      valueOffer('event_param', param, t('conditions.offer.param.hint')),
    ),
    offer('event_param', t('conditions.offer.param'), { type: 'event_param' }),
    ...MESSAGE_STATUSES.map((status) =>
      offer(`status:${status}`, t(`conditions.offer.status.${status}`), {
        type: 'message_status',
        block: last,
        status,
      }),
    ),
    ...run.results.map((result) => valueOffer('run', result, result.label)),
    offer('run', t('conditions.offer.result'), { type: 'run' }),
    ...Object.entries(NOW_STARTS).map(([part, start]) =>
      offer(`now:${part}`, t(`conditions.offer.now.${part as keyof typeof NOW_STARTS}`), {
        type: 'now',
        [part]: start,
        zone: 'contact',
      }),
    ),
  ];
}

/** What each part of a question about the clock begins with. */
export const NOW_STARTS = {
  weekdays: [1, 2, 3, 4, 5],
  time: { from: '09:00', to: '18:00' },
  dates: {},
} as const;

function offer(id: string, label: string, condition: JsonObject): Untyped {
  return { id: `run:${id}`, group: 'run', label, make: () => condition };
}

function valueOffer(type: 'event_param' | 'run', subject: Subject, hint: string): Untyped {
  return {
    id: `run:${type}:${subject.key}`,
    group: 'run',
    label: subject.key,
    hint,
    make: () => ({ type, param: subject.key, ...startPredicate(subject) }),
  };
}
