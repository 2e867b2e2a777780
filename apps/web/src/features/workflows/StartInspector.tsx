import { Inspector, JsonView } from '@perennial/ui';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../app/text.tsx';
import type { Graph } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import classes from './Workflows.module.css';

interface StartInspectorProps {
  graph: Graph;
  words: BlockWords;
  definition: Record<string, unknown> | undefined;
  /** Changes the draft, where what is drawn is the draft and may be changed. */
  form: ReactNode;
  onClose: () => void;
}

/** What starts a run, what stops it, and how often a contact may pass. */
export function StartInspector({ graph, words, definition, form, onClose }: StartInspectorProps) {
  const t = useText();
  return (
    <Inspector
      leavesFocus
      leading={<IconPlayerPlayFilled size={16} color="var(--p-accent)" />}
      title={t('workflows.start')}
      onClose={onClose}
    >
      <p className={classes.sentence} dir="auto">
        {words.startOf(graph.start)}
      </p>
      {form}
      <JsonView value={graph.start} open={4} />
      {graph.stops.length > 0 ? (
        <>
          <h3 className={classes.section}>{t('workflows.inspect.stops')}</h3>
          {graph.stops.map((stop, index) => (
            <div key={index}>
              <p className={classes.sentence} dir="auto">
                {words.stopOf(stop)}
              </p>
              <JsonView value={stop} open={4} />
            </div>
          ))}
        </>
      ) : null}
      {definition?.limits ? (
        <>
          <h3 className={classes.section}>{t('workflows.inspect.limits')}</h3>
          <JsonView value={definition.limits} open={4} />
        </>
      ) : null}
    </Inspector>
  );
}
