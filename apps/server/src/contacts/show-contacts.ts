import type { ActivityCounts } from '@perennial/contracts';
import { findSubscribed, listCategories, loadChoices } from '../categories/index.ts';
import type { Db } from '../db/index.ts';
import type { SetAt } from './contact-state.ts';
import type { ContactRow } from './contact-row.ts';
import { readPlatforms } from './device-platforms.ts';
import { findChannels, type FindSuppressions } from './find-channels.ts';
import { withConverted } from './converted-value.ts';
import {
  readArchivedKeys,
  readConflicts,
  readDevices,
  readIdentifiers,
  readSetAt,
} from './find-contact.ts';
import { presentContact, type Contact, type ContactCard } from './present-contact.ts';

/** What rooms to the right know about contacts. */
export interface CardParts {
  findSuppressions: FindSuppressions;
  countActivity: (
    db: Db,
    options: { workspaceId: number; contactId: number },
  ) => Promise<ActivityCounts>;
}

/** Shown of each, the newest first. */
const MOST_IDENTIFIERS = 500;
const MOST_DEVICES = 200;
const MOST_CONFLICTS = 20;

/** Contacts as lists show them, in the order given. */
export async function showContacts(
  db: Db,
  {
    workspaceId,
    rows,
    findSuppressions,
    now,
  }: {
    workspaceId: number;
    rows: ContactRow[];
    findSuppressions: FindSuppressions;
    now: Date;
  },
): Promise<Contact[]> {
  const archived = await readArchivedKeys(db, { workspaceId });
  const channels = await findChannels(db, { workspaceId, owners: rows, findSuppressions, now });
  const contactIds = rows.map((row) => row.id);
  const categories = await findSubscribed(db, { workspaceId, contactIds });
  const platforms = await readPlatforms(db, { contactIds });
  return rows.map((row) =>
    presentContact(row, {
      archived,
      channels: channels.get(row.id) ?? [],
      categories: (categories.get(row.id) ?? []).map(({ key }) => key),
      platforms: platforms.get(row.id) ?? [],
    }),
  );
}

/** Everything known about one contact. */
export async function showCard(
  db: Db,
  {
    workspaceId,
    row,
    parts,
    now,
  }: { workspaceId: number; row: ContactRow; parts: CardParts; now: Date },
): Promise<ContactCard> {
  const contactId = row.id;
  const { findSuppressions, countActivity } = parts;
  const [contact] = await showContacts(db, { workspaceId, rows: [row], findSuppressions, now });
  const known = await readIdentifiers(db, { contactId, limit: MOST_IDENTIFIERS });
  return {
    ...contact!,
    identifiers: known.filter(({ kind }) => kind !== 'contact' && kind !== 'apart'),
    // A contact that was merged away goes on as an identifier of the survivor.
    merged: known
      .filter(({ kind }) => kind === 'contact')
      .map(({ value }) => Number(value))
      .filter((id) => id !== contactId),
    devices: await readDevices(db, { contactId, limit: MOST_DEVICES }),
    conflicts: await withConverted(db, {
      workspaceId,
      conflicts: await readConflicts(db, { contactId, limit: MOST_CONFLICTS }),
    }),
    set_at: originsOf(await readSetAt(db, { contactId })),
    category_choices: await readChoices(db, { workspaceId, contactId }),
    counts: await countActivity(db, { workspaceId, contactId }),
  };
}

function originsOf(setAt: Record<string, SetAt>): ContactCard['set_at'] {
  const origins = Object.entries(setAt).map(([field, [at, source, weak]]) => [
    field,
    { at: new Date(at), source, weak: weak === 1 },
  ]);
  return Object.fromEntries(origins) as ContactCard['set_at'];
}

/** What the contact said about each category; those without a choice by their default. */
async function readChoices(
  db: Db,
  { workspaceId, contactId }: { workspaceId: number; contactId: number },
): Promise<ContactCard['category_choices']> {
  const categories = await listCategories(db, { workspaceId });
  if (categories.length === 0) return [];
  const said = (await loadChoices(db, { contactIds: [contactId] })).get(contactId);
  return categories.map(({ id, key, name, default_subscribed }) => {
    const choice = said?.get(id);
    return {
      category: key,
      name,
      subscribed: choice?.subscribed ?? default_subscribed,
      at: choice ? new Date(choice.at) : null,
      source: choice?.source ?? null,
      text: choice?.text ?? null,
    };
  });
}
