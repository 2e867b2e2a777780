import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { Slice, Work, WorkKind } from '../../jobs/index.ts';
import { asSelection, countSelection, nextContacts } from '../bulk/selection.ts';
import { CONTACT_COLUMNS, type ContactRow } from '../contact-row.ts';
import type { FindSuppressions } from '../find-channels.ts';
import type { ContactQuestions } from '../filter/contact-sources.ts';
import { showContacts } from '../show-contacts.ts';
import { cellOf } from './columns.ts';
import { csvRow } from './csv.ts';

export const EXPORT = 'contacts.export';

export interface ExportParts {
  questions: ContactQuestions;
  findSuppressions: FindSuppressions;
}

/** Contacts in a piece of the file. */
const AT_ONCE = 2000;

/** So that spreadsheets read it as UTF-8. */
const BYTE_ORDER_MARK = '\u{feff}';

const settings = z.object({ columns: z.array(z.string()), separator: z.string() });

const compress = promisify(gzip);

export function exportWork(parts: ExportParts): WorkKind {
  return {
    kind: EXPORT,
    right: 'contacts.export',
    about: (input) => ({ columns: settings.parse(input).columns.length }),
    slice: (tx, work, options) => sliceOf(tx, parts, { work, ...options }),
  };
}

async function sliceOf(
  tx: Tx,
  { questions, findSuppressions }: ExportParts,
  { work, now }: { work: Work; now: Date },
): Promise<Slice> {
  const { workspaceId, input, slice } = work;
  const { columns, separator } = settings.parse(input);
  const going = { workspaceId, questions, now };
  const selection = asSelection(input['selection']);
  const isFirst = slice === 0;
  const total = isFirst ? await countSelection(tx, { selection, ...going }) : undefined;
  const after = work.cursor?.['after'] as number | undefined;
  const part = await nextContacts(tx, { selection, after, limit: AT_ONCE, ...going });
  const rows = await readRows(tx, part.ids);
  const contacts = await showContacts(tx, { workspaceId, rows, findSuppressions, now });
  const head = isFirst ? BYTE_ORDER_MARK + csvRow(columns, separator) : '';
  const body = contacts.map((contact) =>
    csvRow(
      columns.map((column) => cellOf(contact, column)),
      separator,
    ),
  );
  const text = head + body.join('');
  return {
    cursor: { after: part.after },
    next: part.ids.length === 0 ? 'finished' : 'go on',
    done: contacts.length,
    ...(total !== undefined && { total }),
    ...(text !== '' && { file: { content: await compress(text), rows: contacts.length } }),
  };
}

async function readRows(tx: Tx, ids: number[]): Promise<ContactRow[]> {
  const { rows } = await tx.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts where id = any($1) and merged_into is null order by id`,
    [ids],
  );
  return rows;
}
