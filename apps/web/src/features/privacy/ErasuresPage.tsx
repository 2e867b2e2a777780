import type { Erasure } from '@perennial/contracts';
import {
  EmptyState,
  Page,
  PageHeader,
  SplitView,
  StatusBadge,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconUserOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { Certificate } from './Certificate.tsx';

/** Who was erased, and what that removed. */
export function ErasuresPage() {
  const t = useText();
  const [{ open }, setState] = useUrlState({ open: '' });
  const columns = useMemo(() => erasureColumns(t), [t]);
  const view = useTableView('erasures', columns);
  const erasures = useList<Erasure>('/erasures', { every: 5000 });
  return (
    <Page
      layout="fill"
      header={
        <PageHeader title={t('app.settings.erasures')} detail={t('privacy.erasures.detail')} />
      }
    >
      <SplitView
        name="erasures"
        width={400}
        onCloseSide={() => setState({ open: '' })}
        side={open ? <Certificate id={open} onClose={() => setState({ open: '' })} /> : null}
      >
        <ListTable
          label={t('app.settings.erasures')}
          view={view}
          list={erasures}
          rowKey={(erasure) => erasure.id}
          onOpen={(erasure) => setState({ open: erasure.id })}
          activeKey={open || undefined}
          empty={
            <EmptyState icon={IconUserOff} title={t('privacy.erasures.empty.title')}>
              {t('privacy.erasures.empty.detail')}
            </EmptyState>
          }
        />
      </SplitView>
    </Page>
  );
}

function erasureColumns(t: Say): Column<Erasure>[] {
  return [
    {
      id: 'contact',
      header: t('privacy.erasures.contact'),
      width: 160,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ contacts }) => <code>{contacts[0]}</code>,
    },
    {
      id: 'by',
      header: t('privacy.erasures.by'),
      width: 200,
      grow: 1,
      phone: 'meta',
      cell: ({ requested_by: by }) => <span dir="auto">{by}</span>,
    },
    {
      id: 'requested',
      header: t('privacy.erasures.requested'),
      width: 180,
      align: 'end',
      cell: ({ requested_at: at }) => <Time at={at} style="exact" />,
    },
    {
      id: 'erased',
      header: t('privacy.erasures.erased'),
      width: 180,
      align: 'end',
      phone: 'end',
      cell: ({ erased_at: at }) =>
        at ? (
          <Time at={at} style="exact" />
        ) : (
          <StatusBadge tone="info" live>
            {t('privacy.erasures.waiting')}
          </StatusBadge>
        ),
    },
    {
      id: 'rows',
      header: t('privacy.erasures.rows'),
      width: 130,
      align: 'end',
      cell: ({ removed }) => <FormattedNumber value={rowsOf(removed)} />,
    },
  ];
}

function rowsOf(removed: Erasure['removed']): number {
  return Object.values(removed).reduce((sum, rows) => sum + rows, 0);
}
