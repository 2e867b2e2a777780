import { Tooltip } from '@mantine/core';
import { IconHandStop, IconPlayerPlayFilled, IconPlus } from '@tabler/icons-react';
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { useBuilder } from '../builder/BuilderContext.ts';
import { START_WAY } from '../edit/draft.ts';
import { ProblemMark } from './BlockNode.tsx';
import type { StartNodeType } from './drawing.ts';
import { READABLE } from './ZoomMark.tsx';
import classes from './Canvas.module.css';

/** The start as a block: what starts a run, and what stops it from outside. */
export const StartNode = memo(function StartNode({ data, selected }: NodeProps<StartNodeType>) {
  const t = useText();
  const builder = useBuilder();
  const far = useStore((store) => store.transform[2] < READABLE);
  return (
    <div
      className={classes.block}
      data-start
      data-selected={selected || undefined}
      data-standing={data.standing}
      data-change={data.change ?? undefined}
      data-far={far || undefined}
    >
      {far ? (
        <IconPlayerPlayFilled size={56} color="var(--p-accent)" />
      ) : (
        <>
          <div className={classes.head}>
            <span className={classes.icon}>
              <IconPlayerPlayFilled size={14} color="var(--p-accent)" />
            </span>
            <span className={classes.label}>{t('workflows.start')}</span>
            <ProblemMark problem={data.problem} />
            {data.stops.length > 0 ? (
              <Tooltip label={data.stops.join('\n')}>
                <IconHandStop
                  size={16}
                  className={classes.stops}
                  aria-label={data.stops.join('. ')}
                />
              </Tooltip>
            ) : null}
          </div>
          <div className={classes.sentence} dir="auto">
            {data.sentence}
          </div>
          <div className={classes.counts}>
            {data.started === null || data.standing !== 'plain' ? null : (
              <Tooltip label={t('workflows.stats.started')}>
                <span>
                  <FormattedNumber value={data.started} />
                </span>
              </Tooltip>
            )}
          </div>
        </>
      )}
      <Handle
        id="next"
        type="source"
        position={Position.Bottom}
        className={(builder ? classes.exitHandle : classes.handle) ?? ''}
        data-drawn={data.open ? undefined : true}
        isConnectableEnd={false}
        onClick={() => data.open && builder?.add(START_WAY)}
      >
        {builder && data.open && !far ? (
          <span
            className={classes.plus}
            role="button"
            aria-label={t('builder.add.after', { exit: t('workflows.start') })}
          >
            <IconPlus size={12} stroke={2.5} />
          </span>
        ) : null}
      </Handle>
    </div>
  );
});
