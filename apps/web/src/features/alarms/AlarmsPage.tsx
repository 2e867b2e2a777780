import { Button } from '@mantine/core';
import type { Alarm } from '@perennial/contracts';
import {
  EmptyState,
  Page,
  PageHeader,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconBellRinging, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useRuleWords } from './use-rule-words.ts';

const EVERY_MS = 15_000;

/** Numbers that are watched, and which of them are not well. */
export function AlarmsPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('settings.write');
  const words = useRuleWords();
  const columns = useMemo(() => columnsOf(t, words), [t, words]);
  const view = useTableView('alarms', columns);
  const alarms = useList<Alarm>('/alarms', { every: EVERY_MS });
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => go('alarms/new')}>
      {t('alarms.new')}
    </Button>
  ) : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('alarms.page')}
          count={alarms.first?.items.length}
          detail={t('alarms.detail')}
          actions={
            <>
              <TableViewMenu view={view} />
              {add}
            </>
          }
        />
      }
    >
      <ListTable
        label={t('alarms.page')}
        view={view}
        list={alarms}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`alarms/${id}`)}
        empty={
          <EmptyState icon={IconBellRinging} title={t('alarms.empty.title')} actions={add}>
            {t('alarms.empty.detail')}
          </EmptyState>
        }
      />
    </Page>
  );
}

interface AlarmStateProps {
  alarm: Alarm;
  /** `dot` in a list, `soft` in a header. */
  variant?: 'dot' | 'soft';
}

/** Well, off, or how bad it is. */
export function AlarmState({ alarm, variant = 'dot' }: AlarmStateProps) {
  const t = useText();
  const state = stateOf(alarm);
  return (
    <StatusBadge tone={tones[state]} variant={variant}>
      {t(`alarms.state.${state}`)}
    </StatusBadge>
  );
}

const tones = { off: 'neutral', well: 'success', warning: 'warning', alarm: 'danger' } as const;

function stateOf({ enabled, open, level }: Alarm): keyof typeof tones {
  if (!enabled) return 'off';
  return open ? level : 'well';
}

function columnsOf(t: Say, words: ReturnType<typeof useRuleWords>): Column<Alarm>[] {
  return [
    {
      id: 'name',
      header: t('alarms.column.name'),
      width: 200,
      grow: 1,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => <span dir="auto">{name}</span>,
    },
    {
      id: 'state',
      header: t('alarms.column.state'),
      width: 120,
      phone: 'end',
      cell: (alarm) => <AlarmState alarm={alarm} />,
    },
    {
      id: 'what',
      header: t('alarms.column.what'),
      width: 320,
      grow: 2,
      phone: 'meta',
      cell: ({ rule }) => words(rule),
    },
    {
      id: 'since',
      header: t('alarms.column.since'),
      width: 110,
      align: 'end',
      cell: ({ open }) => <Time at={open?.raised_at} />,
    },
  ];
}
