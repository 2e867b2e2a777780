import type { Workflow } from '@perennial/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useChange } from '../../app/data.ts';
import { ordered } from '../../editor/ordered.ts';
import { parseJson } from '../../editor/parse-json.ts';

export type DraftState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'not_json';

/** How long typing rests before the draft is saved. */
const rest = 1_200;

/** The definition as text; saved by itself when typing rests and the text is JSON. */
export function useWorkflowDraft(workflow: Workflow, mayWrite: boolean) {
  const [text, setText] = useState(() => JSON.stringify(ordered(workflow.definition), null, 2));
  const [saved, setSaved] = useState(() => JSON.stringify(ordered(workflow.definition)));
  const parsed = useMemo(() => parseJson(text), [text]);
  const save = useChange(
    (api, definition: unknown) => api.patch(`/workflows/${workflow.id}`, { definition }),
    ['/workflows'],
  );
  const { mutate, isPending } = save;
  const current = parsed.ok ? JSON.stringify(parsed.value) : null;
  const saveNow = useCallback(() => {
    if (current === null || !mayWrite || isPending || current === saved) return;
    mutate(JSON.parse(current), { onSuccess: () => setSaved(current) });
  }, [current, saved, mayWrite, isPending, mutate]);

  useEffect(() => {
    const timer = setTimeout(saveNow, rest);
    return () => clearTimeout(timer);
  }, [saveNow]);

  return { text, setText, parsed, save, saveNow, state: stateOf() };

  function stateOf(): DraftState {
    if (current === null) return 'not_json';
    if (isPending) return 'saving';
    if (current === saved) return 'saved';
    return save.isError ? 'failed' : 'unsaved';
  }
}
