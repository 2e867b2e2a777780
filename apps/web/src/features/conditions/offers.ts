import { plainText } from './plain-text.ts';
import type { Json, JsonObject } from '@perennial/conditions';
import type { TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';
import { OFFER_GROUPS, type Offer, type OfferGroup, type Untyped } from './offer.ts';
import { startPredicate } from './predicate.ts';
import type { Subject } from './subject.ts';
import { runOffers } from './run-offers.ts';
import type { EventSubject, Vocabulary } from './vocabulary.ts';

/** Messages are what people do with them: the actions, in the order of a message's life. */
export const MESSAGE_ACTIONS = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'undelivered',
  'unsubscribed',
  'complained',
] as const;

const LAST_30: JsonObject = { kind: 'last', n: 30, unit: 'day' };

/** Everything that a condition can be about here. */
export function offersOf(vocabulary: Vocabulary, t: Say): readonly Offer[] {
  return allOffers(vocabulary, t).map((offer) => ({
    ...offer,
    type: plainText(offer.make()['type']),
  }));
}

function allOffers(vocabulary: Vocabulary, t: Say): readonly Untyped[] {
  return [
    ...runOffers(vocabulary, t),
    ...fieldOffers(vocabulary),
    ...vocabulary.events.map(eventOffer),
    ...vocabulary.events.flatMap(paramOffers),
    ...messageOffers(vocabulary, t),
    ...channelOffers(vocabulary, t),
    ...vocabulary.categories.map(({ value, label }): Untyped => ({
      id: `category:${value}`,
      group: 'categories',
      label,
      ...(value !== label && { hint: value }),
      make: () => ({ type: 'category', category: value }),
    })),
    deviceOffer('platform', t),
    deviceOffer('app', t),
    deviceOffer('app_version', t),
    deviceOffer('os_version', t),
    deviceOffer('model', t),
    deviceOffer('push_enabled', t),
    orderOffer('count', t, { period: LAST_30 }),
    orderOffer('sum', t, {
      measure: { kind: 'sum', param: 'total', op: 'greater_or_equal' },
      period: LAST_30,
    }),
    orderOffer('last', t, {
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 30, unit: 'day' },
    }),
    ...vocabulary.workflows.map(({ value, label }): Untyped => ({
      id: `workflow:${value}`,
      group: 'workflows',
      label,
      make: () => ({ type: 'workflow', workflow: value, state: 'entered' }),
    })),
    ...vocabulary.segments.map(({ value, label, kind }): Untyped => ({
      id: `segment:${value}`,
      group: 'segments',
      label,
      hint: t(`conditions.segment.${kind}`),
      make: () => ({ type: 'segment', segment: value }),
    })),
    {
      id: 'everyone',
      group: 'fields',
      label: t('conditions.offer.everyone'),
      make: () => ({ type: 'everyone' }),
    },
  ];
}

function fieldOffers({ fields }: Vocabulary): Untyped[] {
  return fields.map((subject) => ({
    id: `field:${subject.key}`,
    group: subject.isCustom ? 'custom' : 'fields',
    label: subject.label,
    ...(subject.group && { hint: subject.group }),
    also: `${subject.key} ${(subject.choices ?? []).map(({ label }) => label).join(' ')}`,
    make: () => ({ type: 'field', field: subject.key, ...startPredicate(subject) }),
  }));
}

function eventOffer({ value, label, category }: EventSubject): Untyped {
  return {
    id: `event:${value}`,
    group: 'events',
    label,
    ...((category || value !== label) && { hint: category || value }),
    also: value,
    make: () => newEvent(value),
  };
}

/** An event of today, as the language has it where no period is written; by the workspace's clock. */
export function newEvent(event: string, where?: JsonObject): JsonObject {
  return {
    type: 'event',
    event,
    ...(where && { where }),
    measure: { kind: 'count', op: 'greater_or_equal', value: 1 },
    period: { kind: 'today', zone: 'workspace' },
  };
}

function paramOffers(event: EventSubject): Untyped[] {
  return event.params.flatMap((param) => [
    {
      id: `param:${event.value}:${param.key}`,
      group: 'params' as const,
      label: param.label,
      hint: event.label,
      also: `${event.value} ${seenTexts(param).join(' ')}`,
      make: () => newEvent(event.value, { param: param.key, ...startPredicate(param) }),
    },
    ...seenValues(param).map((value): Untyped => ({
      id: `value:${event.value}:${param.key}:${plainText(value)}`,
      group: 'params',
      label: `${param.label}: ${plainText(value)}`,
      hint: event.label,
      make: () => newEvent(event.value, { param: param.key, op: 'equals', value }),
    })),
  ]);
}

/** Texts that somebody may look for: numbers and moments are not asked for one by one. */
function seenValues({ kind, seen }: Subject): readonly Json[] {
  if (kind !== 'text' && kind !== 'boolean') return [];
  return (seen ?? []).filter(
    (value) => typeof value === 'string' && value !== '' && value.length <= 60,
  );
}

function seenTexts(param: Subject): string[] {
  return seenValues(param).map(String);
}

function messageOffers({ messages }: Vocabulary, t: Say): Untyped[] {
  const acts = MESSAGE_ACTIONS.map((action): Untyped => ({
    id: `message:${action}`,
    group: 'messages',
    label: t(`conditions.offer.message.${action}`),
    also: t('conditions.group.messages'),
    make: () => ({ type: 'message', action, period: LAST_30 }),
  }));
  const named = messages.map(({ value, label }): Untyped => ({
    id: `message:opened:${value}`,
    group: 'messages',
    label: t('conditions.offer.message.named', { name: label }),
    make: () => ({
      type: 'message',
      action: 'opened',
      where: { param: 'message', op: 'one_of', value: [value] },
      period: LAST_30,
    }),
  }));
  return [...acts, ...named];
}

function channelOffers({ channels }: Vocabulary, t: Say): Untyped[] {
  return channels.map(({ value, label, states }) => ({
    id: `channel:${value}`,
    group: 'channels',
    label,
    also: states.map((state) => t(`conditions.state.${state}` as TextId)).join(' '),
    make: () => ({ type: 'channel', channel: value, state: 'reachable' }),
  }));
}

const DEVICE_STARTS: Readonly<Record<string, JsonObject>> = {
  platform: { op: 'one_of' },
  app: { op: 'one_of' },
  app_version: { op: 'less' },
  os_version: { op: 'less' },
  model: { op: 'contains' },
  push_enabled: { op: 'equals', value: true },
};

function deviceOffer(param: string, t: Say): Untyped {
  return {
    id: `device:${param}`,
    group: 'devices',
    label: t(`conditions.member.device.${param}` as TextId),
    hint: t('conditions.offer.device'),
    make: () => ({ type: 'device', where: { param, ...DEVICE_STARTS[param] } }),
  };
}

function orderOffer(kind: 'count' | 'sum' | 'last', t: Say, condition: JsonObject): Untyped {
  return {
    id: `order:${kind}`,
    group: 'orders',
    label: t(`conditions.offer.order.${kind}`),
    make: () => ({ type: 'order', ...condition }),
  };
}

/** Values that were seen and parameters of events are too many to be shown before anything is typed. */
const ONLY_FOUND = new Set<OfferGroup>(['params']);

/** As many as are shown of a group; typing more finds the others. */
const MOST_OF_GROUP = 60;

export interface FoundOffers {
  readonly group: OfferGroup;
  readonly offers: readonly Offer[];
  /** How many more there are. */
  readonly more: number;
  /** How well the first of them fits: 0 is called just as was typed. */
  readonly best: number;
}

/** The offers that hold all the words that were typed; the closer to a name they come, the earlier it stands, and its group. */
export function findOffers(offers: readonly Offer[], typed: string): readonly FoundOffers[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const found = offers
    .filter(({ group }) => words.length > 0 || !ONLY_FOUND.has(group))
    .flatMap((offer) => {
      const rank = rankOf(offer, words);
      return rank === undefined ? [] : [{ offer, rank }];
    });
  return OFFER_GROUPS.flatMap((group) => {
    const some = found.filter(({ offer }) => offer.group === group).sort((a, b) => a.rank - b.rank);
    const offers = some.slice(0, MOST_OF_GROUP).map(({ offer }) => offer);
    const best = some[0]?.rank ?? 0;
    return some.length > 0 ? [{ group, offers, more: some.length - offers.length, best }] : [];
  }).sort((a, b) => a.best - b.best);
}

function rankOf({ label, hint, also }: Offer, words: readonly string[]): number | undefined {
  const name = fold(label);
  const all = `${name} ${fold(hint ?? '')} ${fold(also ?? '')}`;
  if (!words.every((word) => all.includes(word))) return undefined;
  const typed = words.join(' ');
  const first = words[0] ?? '';
  return [
    name === typed,
    name.startsWith(typed),
    name.startsWith(first),
    name.includes(first),
    true,
  ].indexOf(true);
}

/** Letters without case and marks, so that "elan" finds "Élan". */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
