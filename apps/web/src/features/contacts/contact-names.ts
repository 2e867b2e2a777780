import type { Contact } from '@perennial/contracts';
import type { Api, Page } from '../../api.ts';

/** Most contacts of one call. */
const MOST = 100;

/** Reads contacts one by one, as rows ask for them; those asked for at once come in one call. */
export type ReadContact = (id: string) => Promise<Contact>;

export function readingTogether(api: Pick<Api, 'get'>): ReadContact {
  let waiting: string[] = [];
  let answer: Promise<Map<string, Contact>> | undefined;

  async function readAll(): Promise<Map<string, Contact>> {
    // Rows that are drawn together ask before this goes on.
    await Promise.resolve();
    const ids = [...new Set(waiting)];
    waiting = [];
    answer = undefined;
    const pages = await Promise.all(chunksOf(ids).map((some) => readSome(api, some)));
    return new Map(pages.flat().map((contact) => [contact.id, contact]));
  }

  return async (id) => {
    waiting.push(id);
    answer ??= readAll();
    // Lists leave out who was deleted or merged away; the card itself leads there.
    return (await answer).get(id) ?? (await api.get<Contact>(`/contacts/${id}`));
  };
}

function chunksOf(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / MOST) }, (_, n) =>
    ids.slice(n * MOST, (n + 1) * MOST),
  );
}

async function readSome(api: Pick<Api, 'get'>, ids: string[]): Promise<Contact[]> {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return [await api.get<Contact>(`/contacts/${only}`)];
  const filter = JSON.stringify({ type: 'field', field: 'id', op: 'one_of', value: ids });
  const query = { filter, identified: 'all', count: 'false', limit: MOST };
  const { items } = await api.get<Page<Contact>>('/contacts', { query });
  return [...items];
}
