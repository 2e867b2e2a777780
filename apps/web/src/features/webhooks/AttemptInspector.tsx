import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Webhook, WebhookAttempt, WebhookAttemptDetails } from '@perennial/contracts';
import { Fact, Facts, Inspector, SkeletonLines, Snippet, Time } from '@perennial/ui';
import { IconPlayerSkipForward, IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { SkipDialog } from './SkipDialog.tsx';
import classes from './Webhooks.module.css';

interface AttemptInspectorProps {
  webhook: Webhook;
  attempt: WebhookAttempt;
  onClose: () => void;
}

/** One request with its answer. */
export function AttemptInspector({ webhook, attempt, onClose }: AttemptInspectorProps) {
  const t = useText();
  const path = `/webhooks/${webhook.id}/attempts/${attempt.id}`;
  const details = useRead<WebhookAttemptDetails>(path);
  const skipped = (details.data ?? attempt).skipped;
  const { kind, test, at, outcome, status, took_ms: ms, problem, facts } = attempt;
  return (
    <Inspector
      title={test || kind === null ? t('webhooks.log.test') : t(`webhooks.kind.${kind}`)}
      actions={
        test ? null : (
          <>
            {outcome === 'failed' && !skipped ? (
              <SkipButton path={path} webhook={webhook} attempt={attempt} />
            ) : null}
            <AgainButton path={path} webhook={webhook} />
          </>
        )
      }
      onClose={onClose}
    >
      <Facts>
        <Fact label={t('webhooks.log.column.at')}>
          <Time at={at} style="exact" />
        </Fact>
        <Fact label={t('webhooks.log.column.outcome')}>
          {status === null
            ? t(`webhooks.log.${outcome}`)
            : t('webhooks.log.status', {
                outcome: t(`webhooks.log.${outcome}`),
                status: String(status),
              })}
        </Fact>
        {problem === null ? null : <Fact label={t('webhooks.log.problem')}>{problem}</Fact>}
        <Fact label={t('webhooks.log.column.took')}>{t('webhooks.log.ms', { ms })}</Fact>
        <Fact label={t('webhooks.log.try')}>{attempt.try}</Fact>
        {test ? null : <Fact label={t('webhooks.log.column.facts')}>{facts}</Fact>}
        {skipped ? (
          <Fact label={t('webhooks.log.skipped')}>
            {t('webhooks.log.skippedBy', { n: skipped.facts, by: skipped.by })}
            {' · '}
            <Time at={skipped.at} style="exact" />
            <div dir="auto">{skipped.reason}</div>
          </Fact>
        ) : null}
      </Facts>
      {details.error ? (
        <Problem error={details.error} onRetry={() => void details.refetch()} />
      ) : null}
      {details.isPending ? <SkeletonLines lines={6} /> : null}
      {details.data ? <Bodies details={details.data} /> : null}
    </Inspector>
  );
}

function Bodies({ details: { request, answer } }: { details: WebhookAttemptDetails }) {
  const t = useText();
  return (
    <>
      <h3 className={classes.section}>{t('webhooks.log.request')}</h3>
      {request === null ? (
        <p className={classes.muted}>{t('webhooks.log.requestGone')}</p>
      ) : (
        <>
          <Snippet code={written(request)} wrap />
          <p className={classes.note}>{t('webhooks.log.unsigned')}</p>
        </>
      )}
      <h3 className={classes.section}>{t('webhooks.log.answer')}</h3>
      {answer === null ? (
        <p className={classes.muted}>{t('webhooks.log.noAnswer')}</p>
      ) : (
        <Snippet code={answer} wrap />
      )}
    </>
  );
}

/** As it goes over the line, with the body in lines that can be read. */
function written({ headers, body }: NonNullable<WebhookAttemptDetails['request']>): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...head, ...(body === '' ? [] : ['', indented(body)])].join('\n');
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function AgainButton({ path, webhook }: { path: string; webhook: Webhook }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const again = useChange((api) => api.post(`${path}/redeliver`), [`/webhooks/${webhook.id}`]);
  if (!mayWrite) return null;
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconRepeat size={14} />}
      loading={again.isPending}
      onClick={() =>
        again.mutate(undefined, {
          onError: showProblem,
          onSuccess: () => notifications.show({ message: t('webhooks.log.againToast') }),
        })
      }
    >
      {t('webhooks.log.again')}
    </Button>
  );
}

function SkipButton({
  path,
  webhook,
  attempt,
}: Pick<AttemptInspectorProps, 'webhook' | 'attempt'> & { path: string }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [asking, setAsking] = useState(false);
  if (!mayWrite) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlayerSkipForward size={14} />}
        onClick={() => setAsking(true)}
      >
        {t('webhooks.log.skip')}
      </Button>
      {asking ? (
        <SkipDialog
          path={path}
          webhook={webhook}
          facts={attempt.facts}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
