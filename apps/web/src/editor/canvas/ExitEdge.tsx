import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { exitName } from '../exit-name.ts';
import type { ExitEdgeType } from './drawing.ts';
import { orthogonalPath } from './orthogonal-path.ts';
import classes from './Canvas.module.css';

/** How far below its block an exit's name stands. */
const labelBelow = 18;

/** A way from an exit, around blocks where the layout knows how, orthogonal with round corners, its name just below the block. */
export const ExitEdge = memo(function ExitEdge(props: EdgeProps<ExitEdgeType>) {
  const { id, sourceX, sourceY, targetX, targetY, data, style = {} } = props;
  const t = useText();
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
      />
      {data?.named ? (
        <EdgeLabelRenderer>
          <span
            className={classes.exit}
            data-standing={data.standing}
            style={{
              transform: `translate(-50%, -50%) translate(${sourceX}px, ${sourceY + labelBelow}px)`,
            }}
          >
            {exitName(data.exit, t)}
            {data.count === null ? null : (
              <span className={classes.exitCount}>
                <FormattedNumber value={data.count} />
              </span>
            )}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});
