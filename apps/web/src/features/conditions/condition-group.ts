import type { OfferGroup } from './offers.ts';

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
