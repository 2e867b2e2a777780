import type { Say } from '../../app/text.tsx';
import type { Subject, ValueKind } from './subject.ts';
import { paramOf, type Vocabulary } from './vocabulary.ts';

/** Things whose own members a filter may name. */
export type MemberOwner = 'message' | 'device' | 'order';

const ORDER_STATES = [
  'INITIALIZED',
  'IN_PROGRESS',
  'DELIVERED',
  'CANCELLED',
  'ABANDONED_SHOPPING_CART',
];
const PLATFORMS = ['ios', 'android', 'web'];

/** What the filter of a message, a device or an order can compare. */
export function membersOf(owner: MemberOwner, vocabulary: Vocabulary, t: Say): readonly Subject[] {
  const member = (key: string, kind: ValueKind, more: Partial<Subject> = {}): Subject => ({
    key,
    kind,
    label: t(`conditions.member.${owner}.${key.replace('[].', '_')}` as never),
    ...more,
  });
  switch (owner) {
    case 'message':
      return [
        member('message', 'text', { choices: vocabulary.messages }),
        member('channel', 'text', { choices: vocabulary.channels }),
        member('tag', 'list', { choices: vocabulary.tags }),
        member('workflow', 'text', { choices: vocabulary.workflows }),
        member('campaign', 'text'),
        member('category', 'list', { choices: vocabulary.categories }),
        member('language', 'text'),
        member('url', 'text'),
        member('opened', 'boolean'),
        member('clicked', 'boolean'),
      ];
    case 'device':
      return [
        member('platform', 'text', { seen: PLATFORMS }),
        member('os_version', 'version'),
        member('app', 'text', { seen: vocabulary.apps.map(({ value }) => value) }),
        member('app_version', 'version'),
        member('model', 'text'),
        member('push_enabled', 'boolean'),
        member('last_seen_at', 'moment'),
      ];
    case 'order':
      return [
        member('status', 'text', { seen: ORDER_STATES }),
        member('total', 'number'),
        member('currency', 'text'),
        member('items[].name', 'text'),
        member('items[].price', 'number'),
        member('items[].quantity', 'number'),
      ];
  }
}

/** What the filter of a condition can compare: members of what it is about, or parameters. */
export function subjectsOf(
  condition: { readonly [key: string]: unknown },
  vocabulary: Vocabulary,
  t: Say,
): { subjects: readonly Subject[]; anyPath: boolean; of: (path: string) => Subject } {
  const { type } = condition;
  if (type === 'message' || type === 'device' || type === 'order') {
    const subjects = membersOf(type, vocabulary, t);
    const of = (path: string) =>
      subjects.find(({ key }) => key === path) ?? paramOf(undefined, path);
    return { subjects, anyPath: type === 'order', of };
  }
  const event = vocabulary.events.find(({ value }) => value === condition['event']);
  return { subjects: event?.params ?? [], anyPath: true, of: (path) => paramOf(event, path) };
}
