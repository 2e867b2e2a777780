import { Anchor, Popover } from '@mantine/core';
import type { WorkflowStats } from '@perennial/contracts';
import { StatNumber } from '@perennial/ui';
import type { ReactNode } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { notStartedWords } from './not-started.ts';
import classes from './Workflows.module.css';

const numbers = ['started', 'running', 'completed', 'stopped', 'failed'] as const;

interface StatsBarProps {
  stats: WorkflowStats | undefined;
  end?: ReactNode;
}

/** The numbers of a workflow above its graph. */
export function StatsBar({ stats, end }: StatsBarProps) {
  const t = useText();
  return (
    <div className={classes.stats}>
      {numbers.map((number) => (
        <StatNumber
          key={number}
          size="small"
          label={t(`workflows.stats.${number}`)}
          value={stats?.[number]}
        />
      ))}
      {stats && stats.converted > 0 ? (
        <StatNumber size="small" label={t('workflows.stats.converted')} value={stats.converted} />
      ) : null}
      <NotStarted stats={stats} />
      {end ? <div className={classes.statsEnd}>{end}</div> : null}
    </div>
  );
}

/** Refused starts, with the check that refused each. */
function NotStarted({ stats }: { stats: WorkflowStats | undefined }) {
  const t = useText();
  const reasons = Object.entries(stats?.not_started ?? {}).sort(([, a], [, b]) => b - a);
  const sum = reasons.reduce((total, [, count]) => total + count, 0);
  return (
    <StatNumber
      size="small"
      label={t('workflows.stats.notStarted')}
      value={stats ? sum : undefined}
      after={
        sum > 0 ? (
          <Popover position="bottom-start">
            <Popover.Target>
              <Anchor component="button" type="button" inherit>
                {t('workflows.stats.why')}
              </Anchor>
            </Popover.Target>
            <Popover.Dropdown p="md">
              <h3 className={classes.section} style={{ marginBlockStart: 0 }}>
                {t('workflows.stats.whyTitle')}
              </h3>
              {reasons.map(([reason, count]) => (
                <div key={reason} className={classes.whyRow}>
                  <span>{notStartedWords(reason, t)}</span>
                  <span className={classes.whyCount}>
                    <FormattedNumber value={count} />
                  </span>
                </div>
              ))}
            </Popover.Dropdown>
          </Popover>
        ) : null
      }
    />
  );
}
