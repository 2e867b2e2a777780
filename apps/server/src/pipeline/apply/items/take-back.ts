import { isDeepStrictEqual } from 'node:util';
import type { CategoryRow, Choice } from '../../../categories/index.ts';
import {
  convertValue,
  earlierKey,
  heldBy,
  hold,
  ruleOf,
  type ContactState,
  type EarlierValue,
  type HeldValue,
} from '../../../contacts/index.ts';
import type { Json, TakeBackItem } from '../../../inbox/index.ts';
import { saidBy } from '../handle-consent.ts';
import type { Of, WorkingSet } from '../working-set.ts';
import { asJson, tellIndexed } from './change-fields.ts';
import { tellConsent } from './consent.ts';
import { answer, own } from './tell.ts';

/** Gives back what a job took, where the contact is still as the job left it. */
export function handleTakeBack(entry: Of<TakeBackItem>, set: WorkingSet): void {
  const { contactId, item } = entry;
  const contact = set.contacts.get(contactId);
  if (!contact) {
    const message = 'No contact has this identifier.';
    return answer(entry, set, { ok: false, code: 'contact_not_found', message });
  }
  const key = earlierKey({ contactId, jobId: item.job });
  const earlier = set.earlierValues.get(key) ?? [];
  // A second item of this round, for a contact that was merged into this one, finds it done.
  set.earlierValues.delete(key);
  const done = earlier.filter((row) => takeBack(entry, set, contact, row));
  set.takenBack.push(...done);
  if (earlier.length > done.length) {
    const message = 'It was changed since, and stays so.';
    return answer(entry, set, { ok: false, code: 'changed_since', message });
  }
  answer(entry, set, { ok: true, contactId, minted: false, changed: done.length });
}

/** False if it is not as the job left it. */
function takeBack(
  entry: Of<TakeBackItem>,
  set: WorkingSet,
  contact: ContactState,
  row: EarlierValue,
): boolean {
  const [kind, name] = split(row.subject);
  if (kind === 'field') return takeBackField(entry, set, contact, { ...row, field: name });
  return takeBackChoice(entry, set, contact, { ...row, categoryId: Number(name) });
}

function split(subject: string): [kind: string, name: string] {
  const at = subject.indexOf(':');
  return [subject.slice(0, at), subject.slice(at + 1)];
}

/** With the time at which it was set: what arrives late finds the card as if nothing had been. */
function takeBackField(
  entry: Of<TakeBackItem>,
  set: WorkingSet,
  contact: ContactState,
  { field, before, after }: EarlierValue & { field: string },
): boolean {
  const current = heldBy(contact, field);
  if (!isDeepStrictEqual(asJson(current), after)) return false;
  const held = before as unknown as HeldValue | null;
  // The field may have got another type since.
  const rule = ruleOf(set.rules.get(entry.workspaceId)!, field);
  const value = held && rule && held.value !== null ? convertValue(rule, held.value) : held?.value;
  if (value === undefined && held) return false;
  hold(contact, field, held && { ...held, value: value! });
  set.changed.add(contact.id);
  const from = current!.value;
  const to: Json = value ?? null;
  const { source } = entry.item;
  const changes = [{ contactId: contact.id, field, from, to, source }];
  tellIndexed(entry, set, contact, { changes, weak: false });
  if (entry.item.silent) {
    if (held && from === null) unmakeConflict(set, contact.id, { field, held });
    return true;
  }
  contact.updatedAt = entry.receivedAt;
  set.fieldChanges.push(...changes);
  own(entry, set, 'FieldChanged', { source, changes: [{ field, from, to }] });
  return true;
}

/** The value that could not be converted is back, so nothing is open. */
function unmakeConflict(
  set: WorkingSet,
  contactId: number,
  { field, held }: { field: string; held: HeldValue },
): void {
  const [at, source] = held.set;
  set.unmadeConflicts.push({ contactId, field, value: held.value, source, at });
}

function takeBackChoice(
  entry: Of<TakeBackItem>,
  set: WorkingSet,
  contact: ContactState,
  { categoryId, before, after }: EarlierValue & { categoryId: number },
): boolean {
  const choices = set.choices.get(contact.id);
  const current = choices?.get(categoryId);
  if (!choices || !current || !isDeepStrictEqual(saidBy(current), after)) return false;
  const said = before as unknown as Omit<Choice, 'contactId' | 'categoryId' | 'workspaceId'> | null;
  if (said) {
    const choice: Choice = { ...current, ...said };
    choices.set(categoryId, choice);
    set.newChoices.push(choice);
  } else {
    choices.delete(categoryId);
    set.droppedChoices.push({ contactId: contact.id, categoryId });
  }
  const category = categoryOf(set, entry.workspaceId, categoryId);
  const subscribed = said?.subscribed ?? category?.default_subscribed ?? false;
  if (category && subscribed !== current.subscribed) {
    const { key } = category;
    const params = {
      subscribed: subscribed ? [key] : [],
      unsubscribed: subscribed ? [] : [key],
    };
    tellConsent(entry, set, contact, { type: 'SubscriptionChanged', params });
  }
  return true;
}

function categoryOf(
  set: WorkingSet,
  workspaceId: number,
  categoryId: number,
): CategoryRow | undefined {
  return [...(set.categories.get(workspaceId)?.values() ?? [])].find(({ id }) => id === categoryId);
}
