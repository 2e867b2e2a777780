import { contactsByIds, type ContactRow } from '../../contacts/index.ts';
import { answerContacts } from './contact-answer.ts';
import { readContact, type ContactBody, type ContactFacts } from './contact-body.ts';
import type { RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { readRestFields } from './rest-fields.ts';

/** Rights that reading contacts takes. */
export const READS = ['contacts.read', 'contacts.read_personal'] as const;

/** The contact of a call, checked against the fields of the workspace; throws what is wrong. */
export async function readOne(
  context: RestContext,
  body: ContactBody,
  where: string[] = [],
): Promise<ContactFacts> {
  const { db, workspaceId, country } = context;
  const fields = await readRestFields(db, { workspaceId });
  const read = readContact(body, { fields, country }, where);
  if (read.ok) return read.facts;
  throw new RestError(400, read.problems.join('\n'));
}

/** Throws 404 unless it is there, in this workspace. */
export async function contactOf({ db, workspaceId }: RestContext, id: number): Promise<ContactRow> {
  const row = (await contactsByIds(db, { workspaceId, ids: [id] })).get(id);
  if (!row) throw new RestError(404, `There is no contact with id='${id}'.`);
  return row;
}

export async function answersOf(
  { db, workspaceId }: RestContext,
  rows: ContactRow[],
): Promise<object[]> {
  const fields = await readRestFields(db, { workspaceId });
  return answerContacts(db, { workspaceId, rows, fields });
}
