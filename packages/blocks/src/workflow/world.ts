import type { FieldCatalogue, KeyCatalogue } from '@perennial/conditions';

/** A message as the check on publish sees it. */
export interface UsableMessage {
  channel: string;
  archived: boolean;
  /** Secrets that it fetches with and that are not there. */
  missing_secrets?: readonly string[];
  /** What its templates read of `run` and `data`: `['run', 'b2', 'status']`. */
  variables?: readonly (readonly string[])[];
  /** It holds the link by which an address is confirmed. */
  confirms?: boolean;
}

/** What a workflow may refer to in its workspace, as far as publishing must know it. */
export interface WorkflowWorld {
  readonly message: (id: string) => UsableMessage | undefined;
  /** Fields as conditions read them. */
  readonly fields: FieldCatalogue;
  /** Lists and dynamic segments that are there. */
  readonly segment: KeyCatalogue;
  /** Lists among them. */
  readonly list: (id: string) => boolean;
  /** Segments that take values from an event, and so have members only while one is handled. */
  readonly takesEvent: (segment: string) => boolean;
  /** Subscription categories, archived ones left out. */
  readonly category: KeyCatalogue;
  readonly channel: KeyCatalogue;
  /** Tags by ID. */
  readonly tag: KeyCatalogue;
  /** Workflows by ID. */
  readonly workflow: KeyCatalogue;
  /** Pools of promo codes that may be drawn from. */
  readonly promoPool: (id: string) => boolean;
  /** For which scheme and host a secret was sealed; undefined if there is no such secret. */
  readonly secret: (id: string) => string | undefined;
  /** Why `update_fields` must leave a field alone; undefined when it may write it. */
  readonly unwritable: (field: string) => string | undefined;
  /** An event of this type has been seen. */
  readonly eventType: (key: string) => boolean;
}
