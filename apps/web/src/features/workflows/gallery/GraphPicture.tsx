import { findBlock } from '@perennial/blocks';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useMemo } from 'react';
import { blockLook } from '../../../editor/block-icons.ts';
import { orthogonalPath } from '../../../editor/canvas/orthogonal-path.ts';
import { START, type Graph, type Position } from '../../../editor/graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH, layOut } from '../../../editor/layout.ts';
import classes from './GraphPicture.module.css';

/** As wide as three blocks beside each other, so that all pictures have one scale. */
const LEAST_WIDTH = 880;
const EDGE = 40;

/** A workflow made small: its blocks by their icons, and the ways between them. */
export function GraphPicture({ graph }: { graph: Graph }) {
  const { places, routes } = useMemo(() => layOut(graph), [graph]);
  const box = boxOf([...places.values()]);
  const look = new Map(
    graph.blocks.map(({ id, type }) => [id, blockLook(type, findBlock(type)?.icon)]),
  );
  return (
    <svg
      className={classes.root}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      preserveAspectRatio="xMidYMin slice"
      aria-hidden
    >
      {graph.edges.map(({ id, source, target }) => {
        const [from, to] = [places.get(source), places.get(target)];
        if (!from || !to) return null;
        const leave = { x: from.x + BLOCK_WIDTH / 2, y: from.y + BLOCK_HEIGHT };
        const enter = { x: to.x + BLOCK_WIDTH / 2, y: to.y };
        return (
          <path
            key={id}
            className={classes.way}
            d={orthogonalPath(leave, routes.get(id) ?? [], enter)}
          />
        );
      })}
      {[...places].map(([id, place]) => {
        const { icon: Glyph, colour } = look.get(id) ?? START_LOOK;
        return (
          <g key={id} transform={`translate(${place.x} ${place.y})`}>
            <rect
              className={classes.block}
              data-start={id === START || undefined}
              width={BLOCK_WIDTH}
              height={BLOCK_HEIGHT}
              rx={20}
            />
            <Glyph x={24} y={BLOCK_HEIGHT / 2 - 26} size={52} color={colour} stroke={1.75} />
            <rect
              className={classes.word}
              x={96}
              y={BLOCK_HEIGHT / 2 - 8}
              width={112}
              height={16}
              rx={8}
            />
          </g>
        );
      })}
    </svg>
  );
}

const START_LOOK = { icon: IconPlayerPlayFilled, colour: 'var(--p-accent)' };

/** The top of the drawing; what does not fit is cut off at its end. */
function boxOf(places: readonly Position[]) {
  const left = Math.min(...places.map(({ x }) => x));
  const right = Math.max(...places.map(({ x }) => x)) + BLOCK_WIDTH;
  const top = Math.min(...places.map(({ y }) => y));
  const width = Math.max(right - left + 2 * EDGE, LEAST_WIDTH);
  return { x: (left + right - width) / 2, y: top - EDGE, width, height: width * 0.9 };
}
