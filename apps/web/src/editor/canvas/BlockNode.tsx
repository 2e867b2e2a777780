import { Tooltip } from '@mantine/core';
import { Time } from '@perennial/ui';
import { IconAlertCircle, IconHourglass, IconNote } from '@tabler/icons-react';
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { blockLook } from '../block-icons.ts';
import { exitName } from '../exit-name.ts';
import type { BlockData, BlockNodeType } from './drawing.ts';
import classes from './Canvas.module.css';

/** Below this zoom nothing can be read, so blocks become icons. */
const readable = 0.45;

/** A block: icon, name, the sentence that says what it does, live counts. */
export const BlockNode = memo(function BlockNode({ data, selected }: NodeProps<BlockNodeType>) {
  const far = useStore((store) => store.transform[2] < readable);
  const { icon: Glyph, colour } = blockLook(data.type, data.icon);
  return (
    <div
      className={classes.block}
      data-selected={selected || undefined}
      data-standing={data.standing}
      data-here={data.here || undefined}
      data-far={far || undefined}
      style={{ '--colour': colour } as React.CSSProperties}
    >
      <Handle type="target" position={Position.Top} className={classes.handle ?? ''} />
      {far ? (
        <Glyph size={56} stroke={1.5} color={colour} />
      ) : (
        <>
          <div className={classes.head}>
            <span className={classes.icon}>
              <Glyph size={16} stroke={1.75} color={colour} />
            </span>
            <span className={classes.label}>{data.label}</span>
            <Marks data={data} />
          </div>
          <div className={classes.sentence} dir="auto">
            {data.sentence}
          </div>
          <div className={classes.counts}>
            {data.standing === 'plain' ? <Counts data={data} /> : <Visits data={data} />}
          </div>
        </>
      )}
      {data.exits.map((exit) => (
        <ExitHandle key={exit.name} exit={exit} far={far} />
      ))}
    </div>
  );
});

function Marks({ data }: { data: BlockData }) {
  return (
    <>
      {data.note ? (
        <Tooltip label={data.note}>
          <IconNote size={16} className={classes.note} aria-label={data.note} />
        </Tooltip>
      ) : null}
      {data.problem ? (
        <Tooltip label={data.problem} color="red">
          <IconAlertCircle size={16} color="var(--p-danger)" aria-label={data.problem} />
        </Tooltip>
      ) : null}
    </>
  );
}

function Counts({ data }: { data: BlockData }) {
  const t = useText();
  if (data.entered === null) return null;
  return (
    <>
      <Tooltip label={t('workflows.block.entered')}>
        <span>
          <FormattedNumber value={data.entered} />
        </span>
      </Tooltip>
      {data.waiting > 0 ? (
        <Tooltip label={t('workflows.block.waiting')}>
          <span className={classes.waiting}>
            <IconHourglass size={14} />
            <FormattedNumber value={data.waiting} />
          </span>
        </Tooltip>
      ) : null}
    </>
  );
}

function Visits({ data }: { data: BlockData }) {
  const t = useText();
  const last = data.visits.at(-1);
  if (data.here) return <span className={classes.hereText}>{t('workflows.run.here')}</span>;
  if (!last) return null;
  return (
    <>
      <Time at={last} style="exact" />
      {data.visits.length > 1 ? (
        <span>{t('workflows.run.times', { count: data.visits.length })}</span>
      ) : null}
    </>
  );
}

interface ExitHandleProps {
  exit: BlockData['exits'][number];
  far: boolean;
}

function ExitHandle({ exit, far }: ExitHandleProps) {
  const t = useText();
  return (
    <>
      <Handle
        id={exit.name}
        type="source"
        position={Position.Bottom}
        className={classes.handle ?? ''}
        style={{ left: `${exit.place}%` }}
      />
      {exit.drawn || far ? null : (
        <span className={classes.openEnd} style={{ left: `${exit.place}%` }}>
          {t('workflows.exit.ends', { exit: exitName(exit.name, t) })}
        </span>
      )}
    </>
  );
}
