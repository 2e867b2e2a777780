import { Button } from '@mantine/core';
import type { OpenSession } from '@perennial/contracts';
import { Panel, SkeletonLines, StatusBadge, Time } from '@perennial/ui';
import { Problem } from '../../app/Problem.tsx';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useOpenSessions, useSessionEnd } from './account-calls.ts';
import { browserName } from './browser-name.ts';
import classes from './AccountPage.module.css';

export function OpenSessions() {
  const t = useText();
  const sessions = useOpenSessions();
  return (
    <Panel title={t('session.account.sessions')}>
      {sessions.isPending ? <SkeletonLines lines={2} /> : null}
      {sessions.error ? (
        <Problem error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : null}
      {sessions.data?.items.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </Panel>
  );
}

function SessionRow({ session }: { session: OpenSession }) {
  const t = useText();
  const end = useSessionEnd();
  const showProblem = useShowProblem();
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <div>{browserName(session.agent) ?? t('session.account.unknownAgent')}</div>
        <div className={classes.hint}>
          {session.ip ? `${session.ip} · ` : ''}
          {t('session.account.lastSeen')} <Time at={session.seen_at} />
        </div>
      </div>
      {session.current ? (
        <StatusBadge tone="accent" variant="soft">
          {t('session.account.thisSession')}
        </StatusBadge>
      ) : (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          onClick={() => end.mutate(session.id, { onError: showProblem })}
        >
          {t('session.account.end')}
        </Button>
      )}
    </div>
  );
}
