import type { Query } from '../../../api.ts';
import { useUrlState } from '../../../app/use-url-state.ts';

/** What the library shows, as it stands in the address. */
export interface LibraryState extends Record<string, string> {
  search: string;
  channel: string;
  tag: string;
  category: string;
  language: string;
  used: string;
  what: string;
  sort: string;
}

const FILTERS = ['search', 'channel', 'tag', 'category', 'language', 'used'] as const;

const usual: LibraryState = {
  search: '',
  channel: '',
  tag: '',
  category: '',
  language: '',
  used: '',
  what: '',
  sort: '-updated_at',
};

export function useLibraryState() {
  const [state, setState] = useUrlState<LibraryState>(usual);
  return {
    state,
    setState,
    query: queryOf(state),
    filtered: FILTERS.some((name) => state[name] !== ''),
    clear: () => setState(Object.fromEntries(FILTERS.map((name) => [name, '']))),
  };
}

function queryOf({ what, ...state }: LibraryState): Query {
  const asked = Object.entries(state).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(asked),
    content: 'false',
    ...(what === 'templates' && { template: 'true' }),
    ...(what === 'archived' && { archived: 'true', template: 'all' }),
  };
}
