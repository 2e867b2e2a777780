import { overrules, type CategoryRow, type Choice } from '../../categories/index.ts';
import {
  addressKey,
  type AddressState,
  type ContactState,
  type Withdrawal,
} from '../../contacts/index.ts';
import type {
  Consent,
  ConsentItem,
  IdentifyItem,
  Json,
  JsonObject,
  SuppressionItem,
} from '../../inbox/index.ts';
import type { Of, WorkingSet } from './working-set.ts';

/** A fact that a consent made true. */
export interface ConsentFact {
  type: string;
  params: JsonObject;
}

/** Puts what a contact says about categories into the set; the fact tells only what changed by it. */
export function applyConsent(
  entry: Of<IdentifyItem | ConsentItem>,
  set: WorkingSet,
  { contact, consent }: { contact: ContactState; consent: Consent },
): ConsentFact | undefined {
  const categories = set.categories.get(entry.workspaceId) ?? new Map<string, CategoryRow>();
  const changed = { subscribed: [] as string[], unsubscribed: [] as string[] };
  for (const [key, subscribed] of wishesOf(consent, categories)) {
    const category = categories.get(key);
    if (category?.archived_at !== null) {
      missing(entry, set, { contact, key, archived: category !== undefined });
    } else if (choose(entry, set, { contact, category, subscribed, text: consent.text ?? null })) {
      changed[subscribed ? 'subscribed' : 'unsubscribed'].push(key);
    }
  }
  if (changed.subscribed.length + changed.unsubscribed.length === 0) return undefined;
  const { item } = entry;
  const send = item.kind === 'consent' ? sendOf(item) : {};
  return { type: 'SubscriptionChanged', params: { ...changed, ...wordsOf(consent), ...send } };
}

function wishesOf(
  { categories: wishes = {}, replace }: Consent,
  categories: ReadonlyMap<string, CategoryRow>,
): [key: string, subscribed: boolean][] {
  const named = Object.entries(wishes);
  if (!replace) return named;
  const others = [...categories.values()].filter(
    ({ key, archived_at }) => archived_at === null && !Object.hasOwn(wishes, key),
  );
  return [...named, ...others.map(({ key }): [string, boolean] => [key, false])];
}

/** What is said about a category that is not there is kept with the reason, as with fields. */
function missing(
  { item }: Of<IdentifyItem | ConsentItem>,
  set: WorkingSet,
  { contact, key, archived }: { contact: ContactState; key: string; archived: boolean },
): void {
  set.conflicts.push({
    contactId: contact.id,
    workspaceId: contact.workspaceId,
    field: 'categories',
    value: key,
    reason: archived ? 'the category is archived' : 'unknown category',
    source: item.source,
    at: item.at,
  });
}

/** Says whether the contact is now in where it was out, or the reverse. */
function choose(
  { item }: Of<IdentifyItem | ConsentItem>,
  set: WorkingSet,
  {
    contact,
    category,
    subscribed,
    text,
  }: { contact: ContactState; category: CategoryRow; subscribed: boolean; text: string | null },
): boolean {
  const choices = set.choices.get(contact.id) ?? new Map<number, Choice>();
  set.choices.set(contact.id, choices);
  const known = choices.get(category.id);
  const choice: Choice = {
    contactId: contact.id,
    categoryId: category.id,
    workspaceId: contact.workspaceId,
    subscribed,
    at: item.at,
    source: item.source,
    text,
  };
  if (!overrules(choice, known)) return false;
  if (item.remember !== undefined) rememberChoice(set, item.remember, known, choice);
  choices.set(category.id, choice);
  set.newChoices.push(choice);
  return (known?.subscribed ?? category.default_subscribed) !== subscribed;
}

function rememberChoice(
  set: WorkingSet,
  jobId: number,
  known: Choice | undefined,
  choice: Choice,
): void {
  const { contactId, workspaceId, categoryId } = choice;
  set.earlier.push({
    contactId,
    workspaceId,
    jobId,
    subject: `category:${categoryId}`,
    before: known ? saidBy(known) : null,
    after: saidBy(choice),
  });
}

/** What of a choice is not whose and about what. */
export function saidBy({ subscribed, at, source, text }: Choice): JsonObject {
  return { subscribed, at, source, text };
}

/**
 * The person says that an address is theirs and may be written to. Answers the fact, nothing if it
 * was confirmed already, and `gone` if the contact has that address no more.
 */
export function confirmAddress(
  entry: Of<ConsentItem>,
  set: WorkingSet,
  { contact, confirm }: { contact: ContactState; confirm: NonNullable<ConsentItem['confirm']> },
): ConsentFact | 'gone' | undefined {
  const { channel, address } = confirm;
  if (!owns(contact, set, confirm)) return 'gone';
  const { item } = entry;
  const key = addressKey({ contactId: contact.id, ...confirm });
  const kept = set.addressStates.get(key);
  if (kept?.state === 'subscribed') return undefined;
  const pending = kept ? undefined : pendingAddress(set, { contactId: contact.id, ...confirm });
  if (pending?.confirmed) return undefined;
  const previous = kept ?? (pending && { state: 'unconfirmed', ...pending });
  set.addressStates.set(key, { state: 'subscribed', at: item.at, source: item.source, text: null });
  set.confirmations.push({
    contactId: contact.id,
    workspaceId: contact.workspaceId,
    channel,
    address,
    at: item.at,
    source: item.source,
    text: item.consent?.text ?? null,
  });
  return {
    type: 'SubscriptionConfirmed',
    params: {
      channel,
      address,
      ...wordsOf(item.consent ?? {}),
      ...sendOf(item),
      ...(previous && {
        since: new Date(previous.at).toISOString(),
        first_source: previous.source,
        ...(previous.text && { first_text: previous.text }),
      }),
    },
  };
}

/**
 * Somebody takes back what they noted by hand as agreed to: the address is as one that never came.
 * Answers the fact, or nothing where the person or an import said it.
 */
export function withdrawConsent(
  { item }: Of<IdentifyItem>,
  set: WorkingSet,
  withdrawal: Withdrawal,
): ConsentFact | undefined {
  const key = addressKey(withdrawal);
  const pending = pendingAddress(set, withdrawal);
  const kept: AddressState | undefined =
    set.addressStates.get(key) ??
    (pending?.confirmed ? { state: 'subscribed', ...pending } : undefined);
  if (kept?.state !== 'subscribed' || kept.source !== 'manual') return undefined;
  set.addressStates.delete(key);
  set.addresses = set.addresses.filter((row) => row !== pending);
  set.withdrawals.push(withdrawal);
  const { channel, address } = withdrawal;
  return {
    type: 'SubscriptionChanged',
    params: {
      channel,
      address,
      status: 'withdrawn',
      since: new Date(kept.at).toISOString(),
      first_source: kept.source,
      ...(kept.text && { first_text: kept.text }),
      ...(item.withdraws !== undefined && { by: item.withdraws }),
    },
  };
}

/** An e-mail or phone must still be the contact's; other addresses are where devices are. */
function owns(
  contact: ContactState,
  set: WorkingSet,
  { channel, address }: NonNullable<ConsentItem['confirm']>,
): boolean {
  if (channel === 'email') return contact.email === address;
  if (channel === 'sms' || channel === 'viber') return contact.phone === address;
  return set.addressStates.has(addressKey({ contactId: contact.id, channel, address }));
}

/** Set by an earlier item of this round, and not written yet. */
function pendingAddress(
  set: WorkingSet,
  { contactId, channel, address }: { contactId: number; channel: string; address: string },
): WorkingSet['addresses'][number] | undefined {
  return set.addresses.findLast(
    (row) => row.contactId === contactId && row.channel === channel && row.address === address,
  );
}

/** An address said no, or somebody took that back. */
export function factOfSuppression(item: SuppressionItem): ConsentFact {
  const { channel, address, reason, lifted, until, details } = item;
  const params: JsonObject = {
    channel,
    address,
    ...(details !== undefined && { details }),
    ...wordsOf(item),
    ...sendOf(item),
  };
  if (lifted) {
    return { type: 'SubscriptionChanged', params: { ...params, status: 'lifted', lifted: reason } };
  }
  // A refusal that ends by itself is a pause: nobody has left.
  const isPause = reason === 'unsubscribed' && until !== undefined;
  if (reason === 'unsubscribed' && !isPause) return { type: 'MessageUnsubscribed', params };
  if (reason === 'complained') return { type: 'MessageComplained', params };
  const end = until === undefined ? {} : { until: new Date(until).toISOString() };
  return {
    type: 'SubscriptionChanged',
    params: { ...params, status: isPause ? 'paused' : reason, ...end },
  };
}

function wordsOf({ text, by }: Pick<Consent, 'text' | 'by'>): { [name: string]: Json } {
  return { ...(text !== undefined && { text }), ...(by !== undefined && { by }) };
}

function sendOf({ send }: Pick<ConsentItem, 'send'>): { [name: string]: Json } {
  return send ? { send: String(send.sendId), delivery: String(send.deliveryId) } : {};
}
