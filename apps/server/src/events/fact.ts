import type { JsonObject, Source } from '../inbox/item.ts';
import type { ParamFault } from './check-params.ts';

/** A fact of a contact as it is stored in `events` and seen by stops, waits and starts. */
export interface Fact {
  workspaceId: number;
  /** 0: nobody. */
  contactId: number;
  /** Key of the event type, and its ID in the workspace. */
  type: string;
  typeId: number;
  id: number;
  occurredAt: number;
  receivedAt: number;
  source: Source;
  key?: string;
  messageId?: string;
  params: JsonObject;
  context?: JsonObject;
  flags: number;
  /** What its type missed in it; stored as words, in its context. */
  faults?: ParamFault[];
  depth: number;
  /** The contact that it came from, if that was merged into this one. */
  sourceContactId?: number;
}

/** Bits of `events.flags`. */
export const FACT_FLAGS = {
  past: 1,
  clockAhead: 2,
  nobody: 4,
  /** Its parameters were not those that its type expects; what was wrong is in the context. */
  errors: 8,
  /** Its contact was created with it. */
  created: 16,
  /** `ContactId` among its parameters was added: others named the contact. */
  contactIdAdded: 32,
  // The bits from 64 on are those of `found-by.ts`.
} as const;

/** Where the context of an event keeps what was wrong with it. Clients cannot write it. */
export const ERRORS_IN_CONTEXT = '$errors';
