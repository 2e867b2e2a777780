import { Tooltip } from '@mantine/core';
import type { BlockConversion } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconHourglass,
  IconTargetArrow,
} from '@tabler/icons-react';
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { blockLook } from '../block-icons.ts';
import { BlockExit } from './BlockExit.tsx';
import { BlockNote } from './BlockNote.tsx';
import type { BlockData, BlockNodeType, BlockProblem } from './drawing.ts';
import { READABLE } from './ZoomMark.tsx';
import classes from './Canvas.module.css';

/** A block: icon, name, the sentence that says what it does, live counts. */
export const BlockNode = memo(function BlockNode({ id, data, selected }: NodeProps<BlockNodeType>) {
  const far = useStore((store) => store.transform[2] < READABLE);
  const { icon: Glyph, colour } = blockLook(data.type, data.icon);
  return (
    <div
      className={classes.block}
      data-selected={selected || undefined}
      data-standing={data.standing}
      data-here={data.here || undefined}
      data-failed={data.failure !== null || undefined}
      data-change={data.change ?? undefined}
      data-far={far || undefined}
      style={{ '--colour': colour } as React.CSSProperties}
    >
      <Handle type="target" position={Position.Top} className={classes.entry ?? ''} />
      {far ? (
        <>
          <Glyph size={56} stroke={1.5} color={colour} />
          {data.problem ? <span className={classes.farProblem} /> : null}
        </>
      ) : (
        <>
          <div className={classes.head}>
            <span className={classes.icon}>
              <Glyph size={16} stroke={1.75} color={colour} />
            </span>
            <span className={classes.label}>{data.label}</span>
            <ProblemMark problem={data.problem} />
          </div>
          <div className={classes.sentence} dir="auto">
            {data.sentence}
          </div>
          <div className={classes.counts}>
            {data.standing === 'plain' ? <Counts data={data} /> : <Visits data={data} />}
          </div>
          <BlockNote block={id} label={data.label} note={data.note} writing={data.writing} />
        </>
      )}
      {data.exits.map((exit) => (
        <BlockExit
          key={exit.name}
          block={id}
          exit={exit}
          far={far}
          alone={data.exits.length === 1}
        />
      ))}
    </div>
  );
});

/** A dot with the reason. */
export function ProblemMark({ problem }: { problem: BlockProblem | null }) {
  if (!problem) return null;
  const { message, severe } = problem;
  const Glyph = severe ? IconAlertCircle : IconAlertTriangle;
  return (
    <Tooltip label={message} color={severe ? 'red' : 'yellow'} multiline maw={320}>
      <Glyph
        size={16}
        color={severe ? 'var(--p-danger)' : 'var(--p-warning)'}
        aria-label={message}
      />
    </Tooltip>
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
      {data.conversion && data.conversion.passed > 0 ? (
        <Conversion conversion={data.conversion} />
      ) : null}
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

function Conversion({ conversion: { passed, reached } }: { conversion: BlockConversion }) {
  const t = useText();
  return (
    <Tooltip label={t('workflows.block.reached', { reached, passed })}>
      <span className={classes.reached}>
        <IconTargetArrow size={14} />
        <FormattedNumber value={reached / passed} style="percent" maximumFractionDigits={1} />
      </span>
    </Tooltip>
  );
}

function Visits({ data }: { data: BlockData }) {
  const t = useText();
  const last = data.visits.at(-1);
  if (data.here) return <span className={classes.hereText}>{t('workflows.run.here')}</span>;
  if (!last) return null;
  return (
    <>
      {data.failure === null ? null : (
        <Tooltip label={data.failure} color="red" multiline maw={320}>
          <span className={classes.failedText}>{t('workflows.run.failedHere')}</span>
        </Tooltip>
      )}
      <Time at={last} style="exact" />
      {data.visits.length > 1 ? (
        <span>{t('workflows.run.times', { count: data.visits.length })}</span>
      ) : null}
    </>
  );
}
