import { Select } from '@mantine/core';
import type { LeavingReport } from '@perennial/contracts';
import {
  ChannelLabel,
  EmptyState,
  isChannelKey,
  Panel,
  SkeletonBlock,
  StatNumber,
} from '@perennial/ui';
import { IconDoorExit } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './RecipientPages.module.css';

const PERIODS = ['7', '30', '90', '365'] as const;
const DAY_MS = 86_400_000;

/** Who left in a period, and why. */
export function LeavingReportTab() {
  const t = useText();
  const [days, setDays] = useState<(typeof PERIODS)[number]>('30');
  // Asked as of the moment it was chosen: as of now, each look would ask something else.
  const from = useMemo(() => new Date(Date.now() - Number(days) * DAY_MS).toISOString(), [days]);
  const report = useRead<LeavingReport>('/reports/leaving', { query: { from } });
  return (
    <div className={classes.report}>
      <Select
        className={classes.narrow ?? ''}
        aria-label={t('pages.report.period')}
        data={PERIODS.map((value) => ({ value, label: t('pages.report.days', { days: value }) }))}
        value={days}
        allowDeselect={false}
        onChange={(next) => next && setDays(next)}
      />
      {report.error ? <Problem error={report.error} onRetry={() => void report.refetch()} /> : null}
      {report.isPending ? <SkeletonBlock height={320} /> : null}
      {report.data ? <Report report={report.data} /> : null}
    </div>
  );
}

function Report({ report }: { report: LeavingReport }) {
  const t = useText();
  const toMessage = useTo();
  const named = report.reasons.reduce(
    (sum, { reason, count }) => sum + (reason === null ? 0 : count),
    0,
  );
  const nobody = report.total === 0 && report.paused === 0;
  const chose = report.categories.some((row) => row.left + row.joined > 0);
  if (nobody && !chose) {
    return (
      <EmptyState icon={IconDoorExit} title={t('pages.report.empty')}>
        {t('pages.report.empty.detail')}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.stats}>
        <StatNumber label={t('pages.report.total')} value={report.total} />
        <StatNumber label={t('pages.report.named')} value={named} />
        <StatNumber label={t('pages.report.paused')} value={report.paused} />
      </div>
      <div className={classes.reportGrid}>
        <Panel title={t('pages.report.reasons')}>
          <Bars
            rows={report.reasons.map(({ reason, count }) => ({
              key: reason ?? '',
              label: reason ?? t('pages.report.noReason'),
              faint: reason === null,
              count,
            }))}
          />
        </Panel>
        <Panel title={t('pages.report.channels')}>
          <Bars
            rows={report.channels.map(({ channel, count }) => ({
              key: channel,
              label: isChannelKey(channel) ? <ChannelLabel channel={channel} /> : channel,
              count,
            }))}
          />
        </Panel>
        <Panel title={t('pages.report.messages')}>
          <Bars
            rows={report.messages.map(({ message, name, count, reasons }) => ({
              key: message ?? '',
              label: message ? (
                <Link
                  className={classes.link ?? ''}
                  to={toMessage(`messages/${message}`)}
                  dir="auto"
                >
                  {name ?? t('pages.report.goneMessage')}
                </Link>
              ) : (
                t('pages.report.noMessage')
              ),
              faint: message === null,
              detail: reasons[0]?.reason
                ? t('pages.report.mostly', { reason: reasons[0].reason })
                : null,
              count,
            }))}
          />
        </Panel>
        <Panel title={t('pages.report.categories')}>
          <CategoryTable rows={report.categories} />
        </Panel>
      </div>
    </>
  );
}

interface Bar {
  key: string;
  label: ReactNode;
  detail?: string | null;
  faint?: boolean;
  count: number;
}

/** Counts beside each other, from zero; the number is said, too. */
function Bars({ rows }: { rows: readonly Bar[] }) {
  const t = useText();
  const most = Math.max(1, ...rows.map(({ count }) => count));
  if (rows.length === 0) return <p className={classes.hint}>{t('pages.report.none')}</p>;
  return (
    <ul className={classes.bars}>
      {rows.map(({ key, label, detail, faint, count }) => (
        <li key={key}>
          <div className={classes.barLine}>
            <span className={faint ? (classes.faint ?? '') : ''} dir="auto">
              {label}
            </span>
            <span className={classes.count}>
              <FormattedNumber value={count} />
            </span>
          </div>
          <div className={classes.track} aria-hidden>
            <div
              className={classes.fill}
              data-faint={faint || undefined}
              style={{ inlineSize: `${(100 * count) / most}%` }}
            />
          </div>
          {detail ? (
            <div className={classes.hint} dir="auto">
              {detail}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function CategoryTable({ rows }: { rows: LeavingReport['categories'] }) {
  const t = useText();
  if (rows.length === 0) return <p className={classes.hint}>{t('pages.report.none')}</p>;
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('pages.report.category')}</th>
            <th scope="col">{t('pages.report.unsubscribed')}</th>
            <th scope="col">{t('pages.report.left')}</th>
            <th scope="col">{t('pages.report.joined')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ category, name, unsubscribed, left, joined }) => (
            <tr key={category}>
              <th scope="row" dir="auto">
                {name}
              </th>
              {[unsubscribed, left, joined].map((count, index) => (
                <td key={index}>
                  <FormattedNumber value={count} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.hint}>{t('pages.report.categories.hint')}</p>
    </>
  );
}
