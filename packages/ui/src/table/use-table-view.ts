import { useLocalStorage } from '@mantine/hooks';
import type { Column } from './columns.ts';

export type Density = 'comfortable' | 'compact';

interface StoredView {
  density: Density;
  /** Columns whose visibility differs from the usual one. */
  toggled: string[];
  /** In px, of columns that somebody drew wider or narrower. */
  widths?: Record<string, number>;
}

/** A table as somebody arranged it, to be kept elsewhere. */
export interface TableArrangement {
  columns: string[];
  widths: Record<string, number>;
  density: Density;
}

export interface TableView<Row> {
  all: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  density: Density;
  setDensity: (density: Density) => void;
  toggle: (columnId: string) => void;
  /** Sets the width of a column; undefined gives it its usual one back. */
  setWidth: (columnId: string, width: number | undefined) => void;
  reset: () => void;
  arrangement: TableArrangement;
  arrange: (arrangement: {
    [Part in keyof TableArrangement]?: TableArrangement[Part] | undefined;
  }) => void;
}

const usual: StoredView = { density: 'comfortable', toggled: [] };

const narrowest = 60;
const widest = 1200;

/** Which columns a person sees, how wide and how dense, kept in this browser under `name`. */
export function useTableView<Row>(name: string, columns: readonly Column<Row>[]): TableView<Row> {
  const [view, setView] = useLocalStorage<StoredView>({
    key: `perennial.table.${name}`,
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
  const { density, toggled, widths = {} } = view;
  const isShown = (column: Column<Row>) =>
    column.fixed || Boolean(column.optional) === toggled.includes(column.id);
  const shown = columns.filter(isShown).map((column) => withWidth(column, widths[column.id]));
  return {
    all: columns,
    shown,
    density,
    setDensity: (next) => setView({ ...view, density: next }),
    toggle: (id) => setView({ ...view, toggled: flip(toggled, id) }),
    setWidth: (id, width) => {
      const { [id]: _before, ...others } = widths;
      const bounded = width && Math.round(Math.min(widest, Math.max(narrowest, width)));
      setView({ ...view, widths: bounded ? { ...others, [id]: bounded } : others });
    },
    reset: () => setView({ ...view, toggled: [], widths: {} }),
    arrangement: { columns: shown.map(({ id }) => id), widths, density },
    arrange: (next) =>
      setView({
        density: next.density ?? density,
        widths: next.widths ?? {},
        toggled: next.columns ? differing(columns, new Set(next.columns)) : [],
      }),
  };
}

function withWidth<Row>(column: Column<Row>, width: number | undefined): Column<Row> {
  if (width === undefined) return column;
  const { grow: _grow, ...fixed } = column;
  return { ...fixed, width };
}

function differing<Row>(columns: readonly Column<Row>[], wanted: ReadonlySet<string>): string[] {
  return columns
    .filter((column) => !column.fixed && Boolean(column.optional) === wanted.has(column.id))
    .map(({ id }) => id);
}

function flip(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
}
