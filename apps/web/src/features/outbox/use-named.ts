import { useList } from '../../app/data.ts';

interface Named {
  id: string;
  name: string;
}

/** What a list of the workspace holds, by name. */
export function useNamed(path: '/campaigns' | '/workflows'): { value: string; label: string }[] {
  const { items } = useList<Named>(path, { query: { limit: 500 } });
  return items.map(({ id, name }) => ({ value: id, label: name }));
}

/** What a thing of such a list is called; its ID where that is not known. */
export function useNameOf(path: '/campaigns' | '/workflows'): (id: string) => string {
  const named = useNamed(path);
  return (id) => named.find(({ value }) => value === id)?.label ?? id;
}
