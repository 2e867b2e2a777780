import { IconPlus } from '@tabler/icons-react';
import { Handle, Position } from '@xyflow/react';
import { useText } from '../../app/text.tsx';
import { useBuilder } from '../builder/BuilderContext.ts';
import { exitName } from '../exit-name.ts';
import type { ExitPlace } from './exit-places.ts';
import classes from './Canvas.module.css';

interface BlockExitProps {
  block: string;
  exit: ExitPlace;
  far: boolean;
  /** The only exit of a block needs no name. */
  alone: boolean;
}

/**
 * An exit on the lower border of a block. Where the graph is edited, a free one holds a plus: a
 * click asks what comes next, dragging it leads to a block.
 */
export function BlockExit({ block, exit, far, alone }: BlockExitProps) {
  const t = useText();
  const builder = useBuilder();
  const { name, place, drawn, quiet } = exit;
  const left = `${place}%`;
  if (!builder) {
    return (
      <>
        <Handle
          id={name}
          type="source"
          position={Position.Bottom}
          className={classes.handle ?? ''}
          style={{ left }}
        />
        {drawn || far ? null : (
          <span className={classes.openEnd} style={{ left }}>
            {t('workflows.exit.ends', { exit: exitName(name, t) })}
          </span>
        )}
      </>
    );
  }
  const isNamed = !alone && name !== 'next';
  return (
    <Handle
      id={name}
      type="source"
      position={Position.Bottom}
      className={classes.exitHandle ?? ''}
      data-drawn={drawn || undefined}
      data-quiet={quiet || undefined}
      style={{ left }}
      isConnectableEnd={false}
      onClick={(event) => {
        event.stopPropagation();
        if (!drawn) builder.add({ source: block, exit: name });
      }}
    >
      {drawn || far ? null : (
        <span
          className={classes.plus}
          role="button"
          aria-label={t('builder.add.after', { exit: exitName(name, t) })}
        >
          {isNamed ? exitName(name, t) : null}
          <IconPlus size={12} stroke={2.5} />
        </span>
      )}
    </Handle>
  );
}
