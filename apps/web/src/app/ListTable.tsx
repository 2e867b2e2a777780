import { DataTable, EmptyState } from '@perennial/ui';
import { IconHistory } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import type { ListRead } from './data.ts';
import { LookedUntil } from './LookedUntil.tsx';
import { lookedUntil } from './looked-until.ts';
import { Problem } from './Problem.tsx';
import { useText } from './text.tsx';

type TableProps<Row> = ComponentProps<typeof DataTable<Row>>;
type FromList = 'rows' | 'loading' | 'hasMore' | 'loadingMore' | 'onMore';

interface ListTableProps<Row> extends Omit<TableProps<Row>, FromList> {
  list: Pick<
    ListRead<Row>,
    'items' | 'error' | 'retry' | 'loading' | 'hasMore' | 'loadingMore' | 'more'
  > &
    Partial<Pick<ListRead<Row>, 'last'>>;
  /** What of the list is shown, where the page itself filters or arranges it. */
  rows?: readonly Row[];
}

/** A list of the API as a table: its pages as they are scrolled to, or why there is nothing. */
export function ListTable<Row>({ list, rows = list.items, ...table }: ListTableProps<Row>) {
  const t = useText();
  if (list.error && list.items.length === 0) {
    return <Problem error={list.error} onRetry={list.retry} />;
  }
  const stoppedAt = lookedUntil(list.last);
  return (
    <>
      <DataTable
        {...table}
        {...(stoppedAt !== null && {
          empty: <EmptyState icon={IconHistory} title={t('app.list.notYet')} />,
        })}
        rows={rows}
        loading={list.loading}
        hasMore={list.hasMore && stoppedAt === null}
        loadingMore={list.loadingMore}
        onMore={list.more}
      />
      {stoppedAt === null ? null : (
        <LookedUntil at={stoppedAt} loading={list.loadingMore} onMore={list.more} />
      )}
    </>
  );
}
