import { SkeletonLines } from '@perennial/ui';
import { setNote, setSettings } from '../../editor/edit/change-block.ts';
import type { Graph, GraphBlock } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { BlockForm } from './blocks-forms/BlockForm.tsx';
import { SaveProblem } from './SaveProblem.tsx';
import type { DraftEdits } from './draft/use-draft.ts';
import { useScope } from './use-scope.ts';

interface BlockSettingsFormProps {
  graph: Graph;
  block: GraphBlock;
  words: BlockWords;
  readOnly: boolean;
  edits: DraftEdits;
}

/** The form of one block of the graph: what is changed goes into the draft. */
export function BlockSettingsForm({
  graph,
  block,
  words,
  readOnly,
  edits,
}: BlockSettingsFormProps) {
  const scope = useScope(graph, block.id, words);
  if (!scope) return <SkeletonLines lines={4} />;
  const { id } = block;
  const group = `block ${id}`;
  return (
    <>
      <BlockForm
        key={id}
        type={block.type}
        settings={block.settings}
        note={block.note}
        scope={scope}
        readOnly={readOnly}
        onChange={(settings, exits) =>
          edits.edit((draft) => setSettings(draft, id, settings, exits), { group })
        }
        onNote={(note) => edits.edit((draft) => setNote(draft, id, note), { group: `note ${id}` })}
      />
      <SaveProblem error={edits.error} />
    </>
  );
}
