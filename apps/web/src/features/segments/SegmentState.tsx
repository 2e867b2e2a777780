import { Progress, Tooltip } from '@mantine/core';
import type { Segment, SegmentComputation } from '@perennial/contracts';
import { StatusBadge } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import classes from './Segments.module.css';

interface SegmentStateProps {
  segment: Pick<Segment, 'state' | 'kind'>;
  computing?: SegmentComputation | null | undefined;
  /** In a table: without the bar. */
  bare?: boolean;
}

/** Whether the members are those of the rule as it was saved last. A list is never anything else. */
export function SegmentState({ segment: { state, kind }, computing, bare }: SegmentStateProps) {
  const t = useText();
  if (kind === 'list') return null;
  if (state === 'computing') return <Computing computing={computing} bare={bare} />;
  if (state === 'failed') {
    return <StatusBadge tone="danger">{t('segments.state.failed')}</StatusBadge>;
  }
  return <StatusBadge tone="success">{t('segments.state.ready')}</StatusBadge>;
}

interface ComputingProps {
  computing: SegmentComputation | null | undefined;
  bare: boolean | undefined;
}

function Computing({ computing, bare }: ComputingProps) {
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
        {bare ? null : (
          <Progress
            value={share * 100}
            size={4}
            w={72}
            aria-label={t('segments.state.computing')}
          />
        )}
      </span>
    </Tooltip>
  );
}
