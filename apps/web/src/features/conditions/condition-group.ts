import type { OfferGroup } from './offers.ts';
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
    default:
      return typeof field === 'string' && field.startsWith('custom.') ? 'custom' : 'fields';
  }
}

/** What an unfinished condition is about, by its name; undefined where it has none. */
export function aboutOf(
  { type, field, event }: { readonly [key: string]: unknown },
  vocabulary: Vocabulary,
): string | undefined {
  if (type === 'event' && typeof event === 'string') return labelOf(vocabulary.events, event);
  return vocabulary.fields.find(({ key }) => type === 'field' && key === field)?.label;
}
