import type { Campaign, CampaignPreview } from '@perennial/contracts';
import { Panel, SkeletonLines, StatNumber } from '@perennial/ui';
import { IconAlertCircle, IconInfoCircle, type Icon } from '@tabler/icons-react';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { LeftOut } from './LeftOut.tsx';
import classes from './Campaigns.module.css';

/** Who would get a draft now, why not the others, and what stands in its way. */
export function PreviewPanel({ campaign: { id } }: { campaign: Campaign }) {
  const t = useText();
  const { data, error, refetch } = useRead<CampaignPreview>(`/campaigns/${id}/preview`);
  return (
    <div className={classes.column}>
      <Panel title={t('campaigns.preview')}>
        {error ? <Problem error={error} onRetry={() => void refetch()} /> : null}
        {data ? <Numbers preview={data} /> : error ? null : <SkeletonLines />}
      </Panel>
      {data ? (
        <>
          <Problems
            title={t('campaigns.errors')}
            icon={IconAlertCircle}
            color="var(--p-danger)"
            problems={data.errors}
          />
          <Problems
            title={t('campaigns.warnings')}
            icon={IconInfoCircle}
            color="var(--p-text-muted)"
            problems={data.warnings}
          />
        </>
      ) : null}
    </div>
  );
}

function Numbers({ preview }: { preview: CampaignPreview }) {
  const t = useText();
  const { eligible, asked, reachable } = preview;
  // Evenly spaced ones stand for all.
  const scale = asked > 0 ? eligible / asked : 0;
  const estimate = (n: number) => Math.round(n * scale);
  return (
    <div className={classes.form}>
      <div className={classes.numbers}>
        <StatNumber label={t('campaigns.preview.eligible')} value={eligible} />
        <StatNumber
          label={t('campaigns.preview.reachable')}
          value={asked > 0 ? estimate(reachable) : null}
        />
      </div>
      <LeftOut preview={preview} />
      {eligible > asked && asked > 0 ? (
        <p className={classes.note}>{t('campaigns.preview.sampled', { asked })}</p>
      ) : null}
      {eligible > 0 && asked === 0 ? (
        <p className={classes.note}>{t('campaigns.preview.none')}</p>
      ) : null}
    </div>
  );
}

interface ProblemsProps {
  title: string;
  icon: Icon;
  color: string;
  problems: CampaignPreview['errors'];
}

function Problems({ title, icon: Glyph, color, problems }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className={classes.list}>
        {problems.map(({ path, message }) => (
          <li key={path + message} className={classes.problem}>
            <Glyph size={16} color={color} aria-hidden />
            <span dir="auto">{message}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
