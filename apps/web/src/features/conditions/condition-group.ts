import type { Say } from '../../app/text.tsx';
import type { OfferGroup } from './offer.ts';
import { MESSAGE_ACTIONS } from './offers.ts';
import { labelOf, type Vocabulary } from './vocabulary.ts';

/** On which shelf a condition stands, for its icon. */
export function groupOfCondition(condition: { readonly [key: string]: unknown }): OfferGroup {
  const { type, field } = condition;
  switch (type) {
    case 'event':
      return 'events';
    case 'message':
      return 'messages';
    case 'channel':
      return 'channels';
    case 'category':
      return 'categories';
    case 'device':
      return 'devices';
    case 'order':
      return 'orders';
    case 'workflow':
      return 'workflows';
    case 'segment':
      return 'segments';
    case 'event_param':
    case 'message_status':
    case 'now':
    case 'run':
      return 'run';
    default:
      return typeof field === 'string' && field.startsWith('custom.') ? 'custom' : 'fields';
  }
}

/** What an unfinished condition is about, by its name; undefined where it has none. */
export function aboutOf(
  { type, field, event, action }: { readonly [key: string]: unknown },
  vocabulary: Vocabulary,
  t: Say,
): string | undefined {
  if (type === 'event' && typeof event === 'string') return labelOf(vocabulary.events, event);
  const done = MESSAGE_ACTIONS.find((each) => each === action);
  if (type === 'message' && done) return t(`conditions.offer.message.${done}`);
  if (type === 'device') return t('conditions.group.devices');
  if (type === 'order') return t('conditions.group.orders');
  return vocabulary.fields.find(({ key }) => type === 'field' && key === field)?.label;
}
