import type { JsonObject } from '@perennial/conditions';
import type { Say } from '../../../app/text.tsx';
import type { EventSubject, Vocabulary } from '../../conditions/vocabulary.ts';

/** A segment to begin with, about what this workspace has. */
export interface Example {
  readonly id: 'silent' | 'streak' | 'reachable' | 'birthday' | 'unopened' | 'new';
  readonly name: string;
  readonly definition: JsonObject;
}

/** Examples that can be shown here: those about events need one. */
export function examplesOf(vocabulary: Vocabulary, t: Say): readonly Example[] {
  const event = usualEvent(vocabulary);
  const named = (id: Example['id'], include: JsonObject, exclude?: JsonObject): Example => ({
    id,
    name: t(`segments.example.${id}`),
    definition: { language: 1, include, ...(exclude && { exclude }) },
  });
  const ofEvents = event
    ? [
        named(
          'silent',
          {
            type: 'event',
            event: event.value,
            measure: { kind: 'last' },
            period: { kind: 'longer_ago', n: 9, unit: 'day' },
          },
          unreachable,
        ),
        named('streak', {
          type: 'event',
          event: event.value,
          measure: { kind: 'streak' },
          period: { kind: 'previous', n: 4, unit: 'week' },
        }),
      ]
    : [];
  return [
    ...ofEvents,
    named('reachable', { type: 'channel', channel: 'email', state: 'reachable' }),
    named('birthday', {
      type: 'field',
      field: 'birthday',
      op: 'anniversary',
      value: { from: 0, to: 6 },
      zone: 'workspace',
    }),
    named(
      'unopened',
      {
        type: 'message',
        action: 'delivered',
        measure: { kind: 'count', op: 'greater_or_equal', value: 3 },
        period: { kind: 'last', n: 30, unit: 'day' },
      },
      { type: 'message', action: 'opened', period: { kind: 'last', n: 30, unit: 'day' } },
    ),
    named('new', {
      type: 'field',
      field: 'created_at',
      op: 'in',
      period: { kind: 'last', n: 7, unit: 'day' },
      zone: 'workspace',
    }),
  ];
}

/** What people do who use the app at all: the event that an app sends when it is opened. */
function usualEvent({ events }: Vocabulary): EventSubject | undefined {
  return events.find(({ value }) => /open|session|launch|visit/i.test(value)) ?? events[0];
}

const unreachable: JsonObject = {
  any: [
    { type: 'channel', channel: 'email', state: 'unsubscribed' },
    { type: 'channel', channel: 'email', state: 'absent' },
  ],
};
