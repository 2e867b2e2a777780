import { IconPlus } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { useBuilder } from '../builder/BuilderContext.ts';
import { exitName } from '../exit-name.ts';
import type { EdgeData, ExitEdgeType } from './drawing.ts';
import { orthogonalPath } from './orthogonal-path.ts';
import classes from './Canvas.module.css';

/** How far below its block an exit's name stands. */
const labelBelow = 18;

/** A way from an exit, around blocks where the layout knows how, orthogonal with round corners, its name just below the block. */
export const ExitEdge = memo(function ExitEdge(props: EdgeProps<ExitEdgeType>) {
  const { id, source, sourceX, sourceY, targetX, targetY, data, selected, style = {} } = props;
  const builder = useBuilder();
  const line =
    data?.passes && targetY > sourceY
      ? orthogonalPath({ x: sourceX, y: sourceY }, data.passes, { x: targetX, y: targetY })
      : getSmoothStepPath({ ...props, borderRadius: 12, offset: 36 })[0];
  return (
    <>
      <BaseEdge
        id={id}
        path={line}
        style={style}
        className={classes.edge ?? ''}
        data-standing={data?.standing}
        data-change={data?.change ?? undefined}
        data-lit={data?.lit || undefined}
        data-selected={selected || undefined}
        interactionWidth={builder ? 24 : 0}
      />
      {data && (data.named || builder) ? (
        <EdgeLabelRenderer>
          <span
            className={classes.exit}
            data-standing={data.standing}
            data-change={data.change ?? undefined}
            data-lit={data.lit || undefined}
            data-plain={data.named ? undefined : true}
            style={{
              transform: `translate(-50%, -50%) translate(${sourceX}px, ${sourceY + labelBelow}px)`,
            }}
          >
            <ExitLabel data={data} />
            {builder ? <PutBetween source={source} data={data} /> : null}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});

function ExitLabel({ data }: { data: EdgeData }) {
  const t = useText();
  if (!data.named) return null;
  return (
    <>
      {exitName(data.exit, t)}
      {data.count === null ? null : (
        <span className={classes.exitCount}>
          <FormattedNumber value={data.count} />
        </span>
      )}
    </>
  );
}

/** Asks which block to put on the edge. By keyboard the block's own key does. */
function PutBetween({ source, data }: { source: string; data: EdgeData }) {
  const t = useText();
  const builder = useBuilder();
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.between}
      aria-label={t('builder.add.between')}
      onClick={() => builder?.add({ source, exit: data.exit })}
    >
      <IconPlus size={12} stroke={2.5} />
    </button>
  );
}
