import { Anchor, Button, Select } from '@mantine/core';
import type { Message, MessageSubjects } from '@perennial/contracts';
import { ChannelIcon, EmptyState, Page, PageHeader, SkeletonBlock } from '@perennial/ui';
import { IconTextCaption } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { useUrlState } from '../../../app/use-url-state.ts';
import { SubjectsPanel } from './SubjectsPanel.tsx';
import classes from './Subjects.module.css';

const PERIODS = ['7', '30', '90', '365'];
const DAY_MS = 86_400_000;

/** What became of each subject of a message, wherever it was sent from. */
export function SubjectsPage() {
  const { id = '' } = useParams();
  const t = useText();
  const to = useTo();
  const [{ days }, setState] = useUrlState({ days: '90' });
  // Asked as of the moment it was chosen: as of now, each look would ask something else.
  const from = useMemo(() => new Date(Date.now() - daysOf(days) * DAY_MS).toISOString(), [days]);
  const message = useRead<Message>(`/messages/${id}`);
  const counted = useRead<MessageSubjects>(`/messages/${id}/subjects`, { query: { from } });
  const error = message.error ?? counted.error;
  return (
    <Page
      header={
        <PageHeader
          back={
            <Anchor component={Link} to={to(`messages/${id}`)} size="sm" c="dimmed">
              {t('subjects.back')}
            </Anchor>
          }
          leading={<ChannelIcon channel="email" size={20} />}
          title={message.data?.name ?? ''}
          loading={message.isPending}
          detail={t('subjects.page')}
          actions={
            <Select
              aria-label={t('subjects.period')}
              data={PERIODS.map((value) => ({
                value,
                label: t('subjects.days', { n: Number(value) }),
              }))}
              value={String(daysOf(days))}
              allowDeselect={false}
              onChange={(next) => next && setState({ days: next })}
            />
          }
        />
      }
    >
      {error ? (
        <Problem
          error={error}
          onRetry={() => {
            void message.refetch();
            void counted.refetch();
          }}
        />
      ) : (
        <div className={classes.page}>
          {counted.data ? (
            <Counted id={id} counted={counted.data} />
          ) : (
            <SkeletonBlock height={320} />
          )}
        </div>
      )}
    </Page>
  );
}

function Counted({ id, counted: { subjects } }: { id: string; counted: MessageSubjects }) {
  const t = useText();
  const to = useTo();
  if (subjects.length > 0) return <SubjectsPanel title={t('subjects.panel')} subjects={subjects} />;
  return (
    <EmptyState
      icon={IconTextCaption}
      title={t('subjects.empty.title')}
      actions={
        <Button component={Link} to={to(`messages/${id}`)} variant="default">
          {t('subjects.empty.write')}
        </Button>
      }
    >
      {t('subjects.empty.detail')}
    </EmptyState>
  );
}

/** One of the periods, whatever the address says. */
function daysOf(value: string): number {
  return PERIODS.includes(value) ? Number(value) : 90;
}
