import { Progress, Tooltip } from '@mantine/core';
import type { Segment, SegmentComputation } from '@perennial/contracts';
import { StatusBadge } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import classes from './Segments.module.css';

interface SegmentStateProps {
  segment: Pick<Segment, 'state' | 'kind'>;
  computing?: SegmentComputation | null | undefined;
}

/** Whether the members are those of the rule as it was saved last. A list is never anything else. */
export function SegmentState({ segment: { state, kind }, computing }: SegmentStateProps) {
  const t = useText();
  if (kind === 'list') return null;
  if (state === 'computing') return <Computing computing={computing} />;
  if (state === 'failed') {
    return <StatusBadge tone="danger">{t('segments.state.failed')}</StatusBadge>;
  }
  return <StatusBadge tone="success">{t('segments.state.ready')}</StatusBadge>;
}

function Computing({ computing }: Pick<SegmentStateProps, 'computing'>) {
  const t = useText();
  const intl = useIntl();
  const progress = computing?.progress;
  const share = progress && progress.total > 0 ? progress.done / progress.total : undefined;
  const badge = (
    <StatusBadge tone="info" live>
      {share === undefined
        ? t('segments.state.computing')
        : t('segments.state.computingShare', {
            share: intl.formatNumber(share, { style: 'percent' }),
          })}
    </StatusBadge>
  );
  if (share === undefined) return badge;
  return (
    <Tooltip label={t('segments.state.done', { done: progress!.done, total: progress!.total })}>
      <span className={classes.computing}>
        {badge}
        <Progress value={share * 100} size={4} w={72} aria-label={t('segments.state.computing')} />
      </span>
    </Tooltip>
  );
}
