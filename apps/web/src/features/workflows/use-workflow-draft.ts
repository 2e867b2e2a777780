import type { Workflow } from '@perennial/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../app/data.ts';
import { ordered } from '../../editor/ordered.ts';
import { parseJson } from '../../editor/parse-json.ts';

export type DraftState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'not_json';

/** How long typing rests before the draft is saved. */
const rest = 1_200;

/** The definition as text; saved by itself when typing rests and the text is JSON. */
export function useWorkflowDraft(workflow: Workflow, mayWrite: boolean) {
  const [text, setText] = useState(() => JSON.stringify(ordered(workflow.definition), null, 2));
  const parsed = parseJson(text);
  const saved = useRef(canonical(ordered(workflow.definition)));
  const [, redraw] = useState(0);
  const [rested] = useDebouncedValue(text, rest);
  const save = useChange(
    (api, definition: unknown) => api.patch(`/workflows/${workflow.id}`, { definition }),
    ['/workflows'],
  );

  function saveNow(): void {
    if (!parsed.ok || !mayWrite || canonical(parsed.value) === saved.current) return;
    const sent = canonical(parsed.value);
    save.mutate(parsed.value, {
      onSuccess: () => {
        saved.current = sent;
        redraw((count) => count + 1);
      },
    });
  }

  useEffect(() => {
    if (rested === text && !save.isPending) saveNow();
  }, [rested]);

  return { text, setText, parsed, save, saveNow, state: stateOf(), rested };

  function stateOf(): DraftState {
    if (!parsed.ok) return 'not_json';
    if (save.isPending) return 'saving';
    if (canonical(parsed.value) === saved.current) return 'saved';
    return save.isError ? 'failed' : 'unsaved';
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value);
}
