import type { Db } from '../../db/index.ts';
import { parseJson } from '../../http/index.ts';
import type { EventItem, Json } from '../../inbox/index.ts';
import { contactBody, readContact, type ReadParts } from './contact-body.ts';
import { readRestFields } from './rest-fields.ts';
import { describeIssues } from './schemas.ts';

/** The parameter that holds a contact as the API writes it. */
const CONTACT_JSON = 'contactJson';

/** What is wrong with the contact that an event carries, a line a place. */
export async function checkContactJson(
  db: Db,
  {
    workspaceId,
    country,
    items,
  }: { workspaceId: number; country: string | undefined; items: EventItem[] },
): Promise<string[]> {
  const carried = items.flatMap(({ params }) =>
    Object.hasOwn(params, CONTACT_JSON) ? [params[CONTACT_JSON]!] : [],
  );
  if (carried.length === 0) return [];
  const fields = await readRestFields(db, { workspaceId });
  return carried.flatMap((value) => problemsOf(value, { fields, country }));
}

function problemsOf(value: Json, parts: ReadParts): string[] {
  const body = contactBody.safeParse(objectOf(value));
  if (!body.success) return describeIssues(body.error, [CONTACT_JSON]);
  const contact = readContact(body.data, parts, [CONTACT_JSON]);
  return contact.ok ? [] : contact.problems;
}

/** It may come as a text that is JSON. */
function objectOf(value: Json): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}
