import type { Identifier, IdentifierKind, InboxItem, Refusal } from '../../inbox/index.ts';
import type { JoinedIdentifiers } from './join-identifiers.ts';

/** What the resolver found out about one item. */
export type Decision =
  | Found
  /** Belongs to nobody: an event that creates no contact, or something about a contact unknown. */
  | { kind: 'nobody' }
  | Refused;

export interface Refused {
  kind: 'refused';
  code: RefusalCode;
  message: string;
}

export type RefusalCode =
  | 'external_id_conflict'
  | 'contact_not_found'
  | 'contact_deleted'
  | 'identifier_blocked'
  | 'merge_not_found'
  | 'merge_refused';

export interface Found {
  kind: 'found';
  /** Without what identifies nobody. */
  item: InboxItem;
  contactId: number;
  minted: boolean;
  /** External ID that the contact got by this item. */
  externalId?: string;
  gained: Identifier[];
  losses: { contactId: number; lost: Identifier[] }[];
  merges: JoinedPair[];
  /** All that found it came from this contact, which was merged into it. */
  via?: number;
  /** See `Stamped`. */
  by?: IdentifierKind;
  /** See `Stamped`. */
  elsewhere?: number[];
  refusals: Refusal[];
}

/** Two contacts that become one, and what led from one to the other. */
export interface JoinedPair {
  keepId: number;
  dropId: number;
  by: Identifier;
  identifiers: JoinedIdentifiers;
}

export const CONTACT_DELETED: Refused = {
  kind: 'refused',
  code: 'contact_deleted',
  message: 'This contact is deleted.',
};

export function alreadyTaken(external: string): Decision {
  return {
    kind: 'refused',
    code: 'external_id_conflict',
    message: `"${external}" is, or was, the external ID of another contact.`,
  };
}

export function identifiesNobody({ kind, value }: Refusal): Refused {
  return {
    kind: 'refused',
    code: 'identifier_blocked',
    message: `The ${kind} "${value.slice(0, 100)}" identifies nobody, and the item has no other identifier.`,
  };
}

export function conflict(external: string): Decision {
  return {
    kind: 'refused',
    code: 'external_id_conflict',
    message: `A contact's external ID never changes: "${external}" cannot be given to, or joined with, a contact that has another one.`,
  };
}
