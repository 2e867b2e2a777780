import { Button, Progress, Select } from '@mantine/core';
import type { Page, RenderingCheck } from '@perennial/contracts';
import { SkeletonLines, StatNumber, Time } from '@perennial/ui';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useRead } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useApi, useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText } from '../../../app/text.tsx';
import { SegmentsSelect } from '../../campaigns/SegmentsSelect.tsx';
import { downloadFile } from '../../jobs/download-file.ts';
import { FailureGroups } from './FailureGroups.tsx';
import { requestOf, type CheckedDraft } from './use-check.ts';
import classes from './Checks.module.css';

/** What is rendered: a message with its draft, or what a campaign would send. */
export type Rendered = { message: string; draft: CheckedDraft | null } | { campaign: string };

/** Renders for everybody in an audience, and shows for whom that fails. Can be left and found again. */
export function AudienceCheck({ of }: { of: Rendered }) {
  const t = useText();
  const which = 'campaign' in of ? { campaign: of.campaign } : { message: of.message };
  const [isWatching, setWatching] = useState(false);
  const checks = useRead<Page<RenderingCheck>>('/rendering_checks', {
    query: { ...which, limit: 1 },
    every: isWatching ? 700 : 5_000,
  });
  const check = checks.data?.items[0];
  const isRunning = check !== undefined && check.ended_at === null;
  if (isWatching !== isRunning) setWatching(isRunning);
  if (!checks.data) return checks.error ? null : <SkeletonLines />;
  return (
    <div className={classes.stack}>
      <p className={classes.note}>
        {'campaign' in of ? t('checks.audience.campaign') : t('checks.audience.detail')}
      </p>
      {isRunning ? (
        <Running check={check} />
      ) : (
        <Begin of={of} again={check !== undefined} onBegun={() => setWatching(true)} />
      )}
      {check ? <Result check={check} /> : null}
    </div>
  );
}

function Begin({ of, again, onBegun }: { of: Rendered; again: boolean; onBegun: () => void }) {
  const t = useText();
  const [who, setWho] = useState('all');
  const [include, setInclude] = useState<string[]>([]);
  const begin = useChange<void, RenderingCheck>(
    (api) =>
      'campaign' in of
        ? api.post(`/campaigns/${of.campaign}/rendering_checks`, {})
        : api.post(`/messages/${of.message}/rendering_checks`, {
            audience: who === 'all' ? { kind: 'all' } : { kind: 'segments', include },
            ...(of.draft && {
              content: requestOf(of.draft).content,
              default_language: of.draft.default_language,
            }),
          }),
    ['/rendering_checks', '/jobs'],
  );
  return (
    <div className={classes.section}>
      {'campaign' in of ? null : (
        <>
          <Select
            label={t('checks.audience.who')}
            value={who}
            allowDeselect={false}
            onChange={(value) => setWho(value ?? 'all')}
            data={[
              { value: 'all', label: t('checks.audience.all') },
              { value: 'segments', label: t('checks.audience.segments') },
            ]}
          />
          {who === 'segments' ? (
            <SegmentsSelect
              label={t('checks.audience.choose')}
              value={include}
              onChange={setInclude}
            />
          ) : null}
          {of.draft ? <p className={classes.note}>{t('checks.audience.draft')}</p> : null}
        </>
      )}
      <div className={classes.row}>
        <Button
          size="xs"
          variant="default"
          loading={begin.isPending}
          disabled={who === 'segments' && include.length === 0}
          onClick={() => begin.mutate(undefined, { onSuccess: onBegun })}
        >
          {t(again ? 'checks.audience.again' : 'checks.audience.run')}
        </Button>
      </div>
      {begin.error ? (
        <p className={classes.note} role="alert" style={{ color: 'var(--p-danger)' }}>
          {problemWords(begin.error, t).detail}
        </p>
      ) : null}
    </div>
  );
}

function Running({ check }: { check: RenderingCheck }) {
  const t = useText();
  const showProblem = useShowProblem();
  const cancel = useChange(
    (api) => api.post(`/jobs/${check.id}/cancel`),
    ['/rendering_checks', '/jobs'],
  );
  const { total, rate, state } = check;
  const handled = check.done + check.failed;
  return (
    <div className={classes.section}>
      <Progress
        size="sm"
        value={total ? (handled / total) * 100 : 0}
        animated={total === null}
        aria-label={t('checks.audience.state.running')}
      />
      <div className={classes.bar}>
        <span>
          {total === null
            ? t(state === 'queued' ? 'checks.audience.state.queued' : 'checks.audience.counting')
            : t('checks.audience.progress', { done: handled, total })}
          {rate ? ` · ${t('checks.audience.rate', { rate: Math.round(rate) })}` : null}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          loading={cancel.isPending || check.cancel_asked}
          onClick={() => cancel.mutate(undefined, { onError: showProblem })}
        >
          {t('checks.audience.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Result({ check }: { check: RenderingCheck }) {
  const t = useText();
  const { rendered, failed, skipped, groups, ended_at: ended, file, state } = check;
  if (rendered === 0 && skipped === 0 && ended === null) return null;
  return (
    <div className={classes.stack}>
      <div className={classes.numbers}>
        <StatNumber label={t('checks.audience.rendered')} value={rendered} />
        <StatNumber label={t('checks.audience.failing')} value={failed} />
        <StatNumber label={t('checks.audience.skipped')} value={skipped} />
      </div>
      {ended ? (
        <div className={classes.bar}>
          <span>
            <WhatItWas check={check} />
          </span>
          {file && failed > 0 ? <Download file={file} /> : null}
        </div>
      ) : null}
      {state === 'failed' ? (
        <p className={classes.note}>
          {t('checks.audience.state.failed', { reason: check.reason ?? '' })}
        </p>
      ) : null}
      {state === 'done' && failed === 0 ? (
        <div className={classes.fine}>
          <IconCircleCheck size={16} aria-hidden />
          {t(rendered > 0 ? 'checks.audience.fine' : 'checks.audience.nobody')}
        </div>
      ) : null}
      {groups.length > 0 ? <FailureGroups checkId={check.id} groups={groups} /> : null}
    </div>
  );
}

function WhatItWas({ check: { messages, ended_at: ended, state } }: { check: RenderingCheck }) {
  const t = useText();
  const version = messages[0]?.version ?? null;
  const at = <Time at={ended} />;
  return (
    <>
      {state === 'cancelled' ? `${t('checks.audience.state.cancelled')} · ` : null}
      {version === null ? (
        <Rich id="checks.audience.oldDraft" values={{ at }} />
      ) : (
        <Rich id="checks.audience.old" values={{ version, at }} />
      )}
    </>
  );
}

function Download({ file }: { file: NonNullable<RenderingCheck['file']> }) {
  const t = useText();
  const api = useApi();
  const mayRead = useRight('contacts.read_personal');
  const showProblem = useShowProblem();
  if (!mayRead) return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconDownload size={14} />}
      onClick={() => void downloadFile(api.workspace, file).catch(showProblem)}
    >
      {t('checks.audience.download')}
    </Button>
  );
}
