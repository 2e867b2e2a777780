import { ActionIcon, Anchor, Button, Popover, Progress, Tooltip } from '@mantine/core';
import type { Export, Job, JobError, Page } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { useHotkeys } from '@mantine/hooks';
import { IconProgress } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { readKey, useChange, useList, useRead } from '../../app/data.ts';
import { useApi } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { downloadFile } from './download-file.ts';
import { jobTitle } from './job-title.ts';
import { shownState } from './shown-state.ts';
import { useTray } from './tray.ts';
import classes from './JobsTray.module.css';

function isRunning(job: Job): boolean {
  return job.ended_at === null;
}

/** Long work that goes on: found again whatever page is open. */
export function JobsTray() {
  const t = useText();
  const api = useApi();
  const queries = useQueryClient();
  const tray = useTray();
  const [opened, setOpened] = useState(false);
  const isWatched = opened || tray.followed.size > 0;
  const jobs = useList<Job>('/jobs', {
    query: { limit: 10 },
    every: (items) => (isWatched || items.some(isRunning) ? 1000 : 60_000),
  });
  const running = jobs.items.filter(isRunning);
  const ended = jobs.items.filter((job) => job.ended_at !== null && tray.followed.has(job.id));
  useEffect(() => {
    if (ended.length === 0) return;
    for (const job of ended) tray.leave(job.id);
    setOpened(true);
    for (const path of [
      '/contacts',
      '/messages',
      '/content_blocks',
      '/segments',
      '/contact_duplicates',
      '/fields',
      '/events',
      '/event_types',
    ]) {
      void queries.invalidateQueries({ queryKey: readKey(api.workspace, path) });
    }
  }, [ended, tray, queries, api.workspace]);
  useHotkeys([['Escape', () => setOpened(false)]], []);
  if (jobs.items.length === 0 && tray.followed.size === 0) return null;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" withinPortal>
      <Popover.Target>
        <Tooltip label={t('jobs.title')} disabled={opened}>
          <ActionIcon
            className={classes.button ?? ''}
            size={36}
            data-running={running.length > 0 || tray.followed.size > 0 || undefined}
            aria-label={t('jobs.title')}
            onClick={() => setOpened(!opened)}
          >
            <IconProgress size={20} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} w="min(380px, calc(100vw - 24px))">
        <h2 className={classes.title}>{t('jobs.title')}</h2>
        <ul className={classes.list}>
          {jobs.items.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function JobRow({ job }: { job: Job }) {
  const t = useText();
  const showProblem = useShowProblem();
  const tray = useTray();
  const [showsErrors, setShowsErrors] = useState(false);
  const act = useChange(
    (api, verb: 'cancel' | 'undo' | 'resume') => api.post<Job>(`/jobs/${job.id}/${verb}`),
    ['/jobs'],
  );
  const run = (verb: 'cancel' | 'undo' | 'resume') =>
    act.mutate(verb, { onError: showProblem, onSuccess: ({ id }) => tray.follow(id) });
  const handled = job.done + job.failed;
  const isOpen = job.ended_at === null;
  return (
    <li className={classes.job}>
      <div className={classes.head}>
        <span className={classes.name}>{jobTitle(job, t)}</span>
        <span className={classes.time}>
          <Time at={job.ended_at ?? job.created_at} />
        </span>
      </div>
      {isOpen ? (
        <Progress
          size="sm"
          value={job.total ? (handled / job.total) * 100 : 0}
          animated={job.total === null}
          aria-label={jobTitle(job, t)}
        />
      ) : null}
      <div className={classes.figures}>
        <span>
          {t(`jobs.state.${shownState(job)}`)}
          {' · '}
          <FormattedNumber value={handled} />
          {job.total !== null && isOpen ? (
            <>
              {' / '}
              <FormattedNumber value={job.total} />
            </>
          ) : null}
          {isOpen && job.rate ? ` · ${t('jobs.rate', { rate: Math.round(job.rate) })}` : null}
          {isOpen && job.remaining_seconds
            ? ` · ${t('jobs.remaining', { minutes: Math.ceil(job.remaining_seconds / 60) })}`
            : null}
        </span>
        <span className={classes.actions}>
          {isOpen && !job.cancel_asked ? (
            <Button size="compact-xs" variant="subtle" onClick={() => run('cancel')}>
              {t('jobs.cancel')}
            </Button>
          ) : null}
          {job.state === 'failed' ? (
            <Button size="compact-xs" variant="subtle" onClick={() => run('resume')}>
              {t('jobs.resume')}
            </Button>
          ) : null}
          {job.undoable ? (
            <Tooltip
              label={<Rich id="jobs.undoUntil" values={{ at: <Time at={job.undoable_until} /> }} />}
            >
              <Button size="compact-xs" variant="subtle" onClick={() => run('undo')}>
                {t('app.undo')}
              </Button>
            </Tooltip>
          ) : null}
          {job.kind === 'contacts.export' && job.state === 'done' ? <Download id={job.id} /> : null}
        </span>
      </div>
      {job.reason ? <p className={classes.reason}>{job.reason}</p> : null}
      {job.failed > 0 ? (
        <Anchor
          component="button"
          size="xs"
          ta="start"
          onClick={() => setShowsErrors(!showsErrors)}
        >
          {t('jobs.failed', { count: job.failed })}
        </Anchor>
      ) : null}
      {showsErrors ? <Errors id={job.id} /> : null}
    </li>
  );
}

function Errors({ id }: { id: string }) {
  const t = useText();
  const to = useTo();
  const errors = useRead<Page<JobError>>(`/jobs/${id}/errors`, { query: { limit: 20 } });
  return (
    <ul className={classes.errors}>
      {errors.data?.items.map(({ n, contact, subject, message }) => (
        <li key={n}>
          {contact ? (
            <Link to={to(`contacts/${contact}`)}>{t('app.contact.unnamed', { id: contact })}</Link>
          ) : (
            subject
          )}
          {': '}
          {message}
        </li>
      ))}
    </ul>
  );
}

function Download({ id }: { id: string }) {
  const t = useText();
  const api = useApi();
  const showProblem = useShowProblem();
  const made = useRead<Export>(`/exports/${id}`);
  const [busy, setBusy] = useState(false);
  const file = made.data?.file;
  if (!file) return made.data ? <span>{t('jobs.expired')}</span> : null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={busy}
      onClick={() => {
        setBusy(true);
        downloadFile(api.workspace, file)
          .catch(showProblem)
          .finally(() => setBusy(false));
      }}
    >
      {t('jobs.download')}
    </Button>
  );
}
