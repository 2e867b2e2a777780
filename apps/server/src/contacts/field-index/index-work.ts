import { quoteName, type Tx } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import type { Slice, Work, WorkKind } from '../../jobs/index.ts';
import { lockSlots, readSlotCount } from '../../slots/index.ts';
import { countAll } from '../count-contacts.ts';
import { isColumn } from '../filter/field-source.ts';
import { indexedValues } from './indexed-values.ts';
import { abandonFieldIndex } from './index-field.ts';
import { FIELD_INDEX_BUILD, FIELD_INDEX_DROP } from './kinds.ts';
import { isWanted, markBuilt } from './queries.ts';
import { insertFieldValues } from './store-values.ts';

/** Contacts, or values, of one slice. */
const AT_ONCE = 10_000;

/**
 * Goes once through the contacts there are and adds what their cards say. It takes nothing away and
 * holds no lock: a card that changes meanwhile writes its own new value, and an old one that this
 * adds beside it only means that a filter reads one card in vain.
 */
export const fieldIndexBuild: WorkKind = {
  kind: FIELD_INDEX_BUILD,
  right: 'contacts.read',
  about: ({ field }) => ({ field: field ?? null }),
  settles: true,
  async slice(tx, work, { now, leaving }): Promise<Slice> {
    const { workspaceId } = work;
    const index = { workspaceId, field: fieldOf(work), begunAt: begunAt(work) };
    if (!(await isWanted(tx, index))) return { cursor: work.cursor ?? {}, next: 'finished' };
    if (leaving) {
      await abandonFieldIndex(tx, { ...index, by: { workspaceId, actor: work.actor, at: now } });
      return { cursor: work.cursor ?? {}, next: 'finished' };
    }
    if (work.cursor === null) return begin(tx, work);
    const cards = await readCards(tx, work);
    await insertFieldValues(tx, {
      values: cards.flatMap(({ id, value }) =>
        indexedValues(value).map((each) => ({
          contactId: id,
          workspaceId,
          field: index.field,
          ...each,
        })),
      ),
    });
    const isLast = cards.length < AT_ONCE;
    if (isLast) await markBuilt(tx, { ...index, now });
    return {
      cursor: { after: cards.at(-1)?.id ?? afterOf(work) },
      next: isLast ? 'finished' : 'go on',
      done: cards.length,
    };
  },
};

/** Batches that began before the index was there end first: they would not write into it. */
async function begin(tx: Tx, { workspaceId }: Work): Promise<Slice> {
  const n = await readSlotCount(tx);
  await lockSlots(tx, { slots: Array.from({ length: n }, (_, slot) => slot) });
  const total = await countAll(tx, { workspaceId, identified: false });
  return { cursor: { after: 0 }, next: 'go on', total };
}

interface Card {
  id: number;
  value: Json | undefined;
}

/**
 * The next contacts, deleted ones too, as they are listed by filters as well. Indexes
 * contacts_of_workspace, contacts_deleted.
 */
async function readCards(tx: Tx, work: Work): Promise<Card[]> {
  const field = fieldOf(work);
  const value = isColumn(field) ? `to_jsonb(${quoteName(field)})` : 'fields -> $2::text';
  const part = (condition: string): string =>
    `(select id, ${value} as value
        from contacts
       where workspace_id = $1 and id > $3 and $2::text is not null and ${condition}
       order by id
       limit $4)`;
  const { rows } = await tx.query<Card>(
    `select id, value
       from (${part('deleted_at is null')}
             union all
             ${part('deleted_at is not null and merged_into is null')}) card
      order by id
      limit $4`,
    [work.workspaceId, field, afterOf(work), AT_ONCE],
  );
  return rows;
}

/** Takes the values of a dropped index away, unless it was made again. */
export const fieldIndexDrop: WorkKind = {
  kind: FIELD_INDEX_DROP,
  right: 'contacts.read',
  about: ({ field }) => ({ field: field ?? null }),
  async slice(tx, work): Promise<Slice> {
    const done = await deleteSome(tx, work);
    return { cursor: {}, next: done < AT_ONCE ? 'finished' : 'go on', done };
  },
};

/** Indexes field_values_texts, field_values_pkey. */
async function deleteSome(tx: Tx, work: Work): Promise<number> {
  const { rowCount } = await tx.query(
    `with part as (select contact_id, value from field_values
                    where workspace_id = $1 and field = $2
                      and not exists (select from field_indexes
                                       where workspace_id = $1 and field = $2 and dropped_at is null)
                    limit $3)
     delete from field_values v
      using part
      where v.contact_id = part.contact_id and v.field = $2 and v.value = part.value`,
    [work.workspaceId, fieldOf(work), AT_ONCE],
  );
  return rowCount ?? 0;
}

function fieldOf({ input }: Work): string {
  return input['field'] as string;
}

function begunAt({ input }: Work): Date {
  return new Date(input['begun_at'] as string);
}

function afterOf({ cursor }: Work): number {
  return cursor!['after'] as number;
}
