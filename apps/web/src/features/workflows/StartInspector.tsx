import { ErrorState, Inspector, SkeletonLines } from '@perennial/ui';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { setPart, type DraftPart } from '../../editor/edit/change-block.ts';
import type { Graph } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { useVocabulary } from '../conditions/use-vocabulary.ts';
import { recordOf } from './blocks-forms/record-of.ts';
import { SaveProblem } from './SaveProblem.tsx';
import { LimitsForm } from './start-forms/LimitsForm.tsx';
import { StartForm } from './start-forms/StartForm.tsx';
import { StopsForm } from './start-forms/StopsForm.tsx';
import type { DraftEdits } from './draft/use-draft.ts';
import formClasses from './blocks-forms/BlocksForms.module.css';
import classes from './Workflows.module.css';

interface StartInspectorProps {
  graph: Graph;
  words: BlockWords;
  definition: Record<string, unknown> | undefined;
  /** Where what is drawn is not the draft, or may not be changed. */
  readOnly: boolean;
  edits: DraftEdits;
  onClose: () => void;
}

/** What starts a run, what stops it, and how often a contact may pass. */
export function StartInspector(props: StartInspectorProps) {
  const { graph, words, onClose } = props;
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
      <Parts {...props} />
    </Inspector>
  );
}

function Parts({ graph, words, definition, readOnly, edits }: StartInspectorProps) {
  const t = useText();
  const { vocabulary, error, retry } = useVocabulary();
  if (error) {
    const { title, detail } = problemWords(error, t);
    return <ErrorState title={title} detail={detail} onRetry={() => void retry()} />;
  }
  if (!vocabulary) return <SkeletonLines lines={6} />;
  const put = (part: DraftPart) => (value: unknown) =>
    edits.edit((draft) => setPart(draft, part, value), { group: part });
  return (
    <>
      {readOnly ? <p className={formClasses.hint}>{t('blockForms.readOnly')}</p> : null}
      <StartForm
        start={graph.start}
        vocabulary={vocabulary}
        readOnly={readOnly}
        onChange={put('start')}
      />
      <h3 className={classes.section}>{t('workflows.inspect.stops')}</h3>
      <StopsForm
        stops={graph.stops}
        vocabulary={vocabulary}
        words={words}
        readOnly={readOnly}
        onChange={put('stop')}
      />
      <h3 className={classes.section}>{t('workflows.inspect.limits')}</h3>
      <LimitsForm
        limits={recordOf(definition?.['limits'])}
        readOnly={readOnly}
        onChange={put('limits')}
      />
      <SaveProblem error={edits.error} />
    </>
  );
}
