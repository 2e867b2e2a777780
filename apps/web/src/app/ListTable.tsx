import { DataTable } from '@perennial/ui';
import type { ComponentProps } from 'react';
import type { ListRead } from './data.ts';
import { Problem } from './Problem.tsx';

type TableProps<Row> = ComponentProps<typeof DataTable<Row>>;
type FromList = 'rows' | 'loading' | 'hasMore' | 'loadingMore' | 'onMore';

interface ListTableProps<Row> extends Omit<TableProps<Row>, FromList> {
  list: ListRead<Row>;
}

/** A list of the API as a table: its pages as they are scrolled to, or why there is nothing. */
export function ListTable<Row>({ list, ...table }: ListTableProps<Row>) {
  if (list.error && list.items.length === 0) {
    return <Problem error={list.error} onRetry={list.retry} />;
  }
  return (
    <DataTable
      {...table}
      rows={list.items}
      loading={list.loading}
      hasMore={list.hasMore}
      loadingMore={list.loadingMore}
      onMore={list.more}
    />
  );
}
