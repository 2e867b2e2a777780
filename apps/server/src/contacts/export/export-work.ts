import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { Slice, Work, WorkKind } from '../../jobs/index.ts';
import {
  asSelection,
  findSlice,
  isUnread,
  nextContacts,
  type Place,
  type Selection,
} from '../bulk/selection.ts';
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
  const { id: jobId, workspaceId, input } = work;
  const { columns, separator } = settings.parse(input);
  const selection = asSelection(input['selection']);
  const place = (work.cursor ?? {}) as Place;
  if (isUnread(selection, place)) {
    return findSlice(tx, { work, selection, size: AT_ONCE, questions, now });
  }
  const part = await nextContacts(tx, { jobId, selection, place, limit: AT_ONCE });
  const rows = await readRows(tx, { ids: part.ids, selection });
  const contacts = await showContacts(tx, { workspaceId, rows, findSuppressions, now });
  const head = isFirst(place) ? BYTE_ORDER_MARK + csvRow(columns, separator) : '';
  const body = contacts.map((contact) =>
    csvRow(
      columns.map((column) => cellOf(contact, column)),
      separator,
    ),
  );
  const text = head + body.join('');
  return {
    cursor: { ...part.place },
    next: part.ids.length === 0 ? 'finished' : 'go on',
    done: contacts.length,
    ...(text !== '' && { file: { content: await compress(text), rows: contacts.length } }),
  };
}

function isFirst({ after, piece = 0 }: Place): boolean {
  return after === undefined && piece === 0;
}

/** Who was deleted since the list was read is in no file, unless it is a list of the deleted ones. */
async function readRows(
  tx: Tx,
  { ids, selection }: { ids: number[]; selection: Selection },
): Promise<ContactRow[]> {
  const deleted = 'upTo' in selection ? selection.deleted : null;
  const { rows } = await tx.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where id = any($1) and merged_into is null
        and ($2::boolean is null or $2 = (deleted_at is not null))
      order by id`,
    [ids, deleted],
  );
  return rows;
}
