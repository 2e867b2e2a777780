import type { Message } from '@perennial/contracts';
import { ChannelIcon, Page, PageHeader, Panel, SkeletonBlock } from '@perennial/ui';
import { Anchor } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { useUrlState } from '../../../app/use-url-state.ts';
import { Comparison } from './Comparison.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { MessageUsesPanel } from './MessageUsesPanel.tsx';
import { VersionList } from './VersionList.tsx';
import classes from './Versions.module.css';

/** The history of a message, any two of its versions compared, and what sends it. */
export function VersionsPage() {
  const { id = '' } = useParams();
  const message = useRead<Message>(`/messages/${id}`);
  if (message.data) return <Versions key={id} message={message.data} />;
  return (
    <Page header={<PageHeader title="" loading={!message.error} />}>
      {message.error ? (
        <Problem error={message.error} onRetry={() => void message.refetch()} />
      ) : (
        <SkeletonBlock height={480} />
      )}
    </Page>
  );
}

function Versions({ message }: { message: Message }) {
  const t = useText();
  const to = useTo();
  const mayWrite = useRight('messages.write');
  const { id, name, channel, version: current } = message;
  const [state, setState] = useUrlState({ from: '', to: '' });
  const shown = known(state.to, current) ?? current;
  const compared = known(state.from, current) ?? Math.max(1, shown - 1);
  return (
    <Page
      header={
        <PageHeader
          back={
            <Anchor component={Link} to={to(`messages/${id}`)} size="sm" c="dimmed">
              {t('library.back')}
            </Anchor>
          }
          leading={
            <span className={classes.channel}>
              <ChannelIcon channel={channel} size={20} />
            </span>
          }
          title={name}
          detail={t('versions.title')}
          actions={mayWrite ? <MessageMenu message={message} large /> : null}
        />
      }
    >
      <div className={classes.page}>
        <aside className={classes.side}>
          <MessageUsesPanel id={id} />
          <Panel title={t('versions.list')}>
            <VersionList
              id={id}
              current={current}
              shown={shown}
              onShow={(version) => setState({ to: String(version), from: '' })}
            />
          </Panel>
        </aside>
        <Comparison
          message={message}
          from={compared}
          to={shown}
          onChange={(change) =>
            setState({
              from: String(change.from ?? compared),
              to: String(change.to ?? shown),
            })
          }
        />
      </div>
    </Page>
  );
}

/** A version that there is, of what the address says. */
function known(value: string, current: number): number | undefined {
  const version = Number(value);
  return Number.isInteger(version) && version >= 1 && version <= current ? version : undefined;
}
