import { useLocalStorage } from '@mantine/hooks';
import type { Column } from './columns.ts';

export type Density = 'comfortable' | 'compact';

interface StoredView {
  density: Density;
  /** Columns whose visibility differs from the usual one. */
  toggled: string[];
}

export interface TableView<Row> {
  all: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  density: Density;
  setDensity: (density: Density) => void;
  toggle: (columnId: string) => void;
  reset: () => void;
}

const usual: StoredView = { density: 'comfortable', toggled: [] };

/** Which columns a person sees and how dense, kept in this browser under `name`. */
export function useTableView<Row>(name: string, columns: readonly Column<Row>[]): TableView<Row> {
  const [view, setView] = useLocalStorage<StoredView>({
    key: `perennial.table.${name}`,
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
  const isShown = (column: Column<Row>) =>
    column.fixed || Boolean(column.optional) === view.toggled.includes(column.id);
  return {
    all: columns,
    shown: columns.filter(isShown),
    density: view.density,
    setDensity: (density) => setView({ ...view, density }),
    toggle: (id) => setView({ ...view, toggled: flip(view.toggled, id) }),
    reset: () => setView({ ...view, toggled: [] }),
  };
}

function flip(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
}
