import { useDebouncedCallback } from '@mantine/hooks';
import type { Workflow } from '@perennial/contracts';
import { useRef, useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { useChange } from '../../app/data.ts';

export type Definition = Workflow['definition'];

export interface DefinitionEdits {
  /** The draft with what was edited last, saved or not. */
  definition: Definition;
  /** Edits of the same group in a row are one, as of a text that is typed. */
  edit: (change: (definition: Definition) => Definition, options?: { group: string }) => void;
  /** Why the last save failed. */
  error: ApiProblem | null;
}

/** How long typing rests before the draft is saved. */
const rest = 600;

/** Edits of the draft from several forms at once: each sees what the others did, and all are saved. */
export function useDefinitionEdits(workflow: Workflow, onEdit: () => void): DefinitionEdits {
  const [edited, setEdited] = useState<Definition>();
  const { mutate, error } = useChange(
    (api, definition: Definition) => api.patch(`/workflows/${workflow.id}`, { definition }),
    ['/workflows'],
  );
  // What was edited and is not saved yet, for edits that follow before it is drawn.
  const unsaved = useRef<Definition>(undefined);
  const save = (definition: Definition) =>
    mutate(definition, {
      onSuccess: () => {
        // What was read again is the same, unless more was edited meanwhile.
        if (unsaved.current !== definition) return;
        unsaved.current = undefined;
        setEdited(undefined);
      },
    });
  const saveSoon = useDebouncedCallback(save, { delay: rest, flushOnUnmount: true });
  const definition = edited ?? workflow.definition;
  const edit = (change: (definition: Definition) => Definition) => {
    const next = change(unsaved.current ?? workflow.definition);
    unsaved.current = next;
    // Before it is saved: what is published is not what the forms show any more.
    onEdit();
    setEdited(next);
    saveSoon(next);
  };
  return { definition, edit, error };
}
