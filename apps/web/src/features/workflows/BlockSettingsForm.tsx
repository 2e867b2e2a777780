import { SkeletonLines } from '@perennial/ui';
import type { Graph, GraphBlock } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { BlockForm } from './blocks-forms/BlockForm.tsx';
import { withNote, withSettings } from './edit-definition.ts';
import { SaveProblem } from './SaveProblem.tsx';
import type { DefinitionEdits } from './use-definition-edits.ts';
import { useScope } from './use-scope.ts';

interface BlockSettingsFormProps {
  graph: Graph;
  block: GraphBlock;
  words: BlockWords;
  readOnly: boolean;
  edits: DefinitionEdits;
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
          edits.edit((definition) => withSettings(definition, id, settings, exits), { group })
        }
        onNote={(note) =>
          edits.edit((definition) => withNote(definition, id, note), { group: `note ${id}` })
        }
      />
      <SaveProblem error={edits.error} />
    </>
  );
}
