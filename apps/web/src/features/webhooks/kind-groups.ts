import { WEBHOOK_KINDS, type WebhookKind } from '@perennial/contracts';

export const KIND_GROUPS = ['message', 'subscription', 'contact', 'segment', 'other'] as const;
export type KindGroup = (typeof KIND_GROUPS)[number];

/** Under which head a kind stands in the form. */
export function groupOf(kind: WebhookKind): KindGroup {
  const first = kind.split('.')[0] as KindGroup;
  return KIND_GROUPS.includes(first) ? first : 'other';
}

export function kindsOf(group: KindGroup): WebhookKind[] {
  return WEBHOOK_KINDS.filter((kind) => groupOf(kind) === group);
}

export interface GroupTold {
  group: KindGroup;
  kinds: WebhookKind[];
  /** It is told of everything in the group. */
  all: boolean;
}

/** What is told, by head; heads of which nothing is told are left out. */
export function groupsTold(told: readonly WebhookKind[]): GroupTold[] {
  return KIND_GROUPS.flatMap((group) => {
    const possible = kindsOf(group);
    const kinds = possible.filter((kind) => told.includes(kind));
    return kinds.length === 0 ? [] : [{ group, kinds, all: kinds.length === possible.length }];
  });
}
