import { notifications } from '@mantine/notifications';
import type { Workflow } from '@perennial/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import type { ApiProblem } from '../../../api.ts';
import { readKey } from '../../../app/data.ts';
import { useApi } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import type { Draft } from '../../../editor/edit/draft.ts';
import { useLatest } from '../../../editor/use-latest.ts';
import { draftStateOf, isUnsaved, nextDraftState, type ServerDraft } from './draft-state.ts';

export type SavingState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

export interface EditOptions {
  /** Edits of one group that follow closely are undone together. */
  group?: string;
}

/** A workflow's draft while somebody edits it, in whichever tab. */
export interface WorkflowDraft {
  /** As it stands now, saved or not. */
  definition: Draft;
  edit: (change: (definition: Draft) => Draft, options?: EditOptions) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  saving: SavingState;
  /** Why the last save failed. */
  error: ApiProblem | null;
  saveNow: () => void;
  /** What somebody else saved meanwhile. */
  conflict: ServerDraft | null;
  takeTheirs: () => void;
  keepMine: () => void;
}

/** What a form of the inspector needs of it: how to change the draft, and why the last save failed. */
export type DraftEdits = Pick<WorkflowDraft, 'edit' | 'error'>;

/** How long editing rests before the draft is saved, and before a failed save is tried again. */
const rest = 800;
const retryAfter = 10_000;

/** The draft with undo, saved by itself; what others do to it comes in, or is told as a conflict. */
export function useDraft(workflow: Workflow, mayWrite: boolean): WorkflowDraft {
  const t = useText();
  const api = useApi();
  const queries = useQueryClient();
  const [state, dispatch] = useReducer(nextDraftState, workflow, draftStateOf);
  const unsaved = mayWrite && isUnsaved(state);
  const { present } = state.history;
  const key = readKey(api.workspace, `/workflows/${workflow.id}`);
  const { definition, revision, edited_at, edited_by } = workflow;
  const noteMine = useTold(state.saved, state.sent, () =>
    notifications.show({ message: t('workflows.draft.theirs', { name: edited_by }) }),
  );
  const save = useMutation<Workflow, ApiProblem, { definition: Draft; revision: number }>({
    mutationFn: (body) => api.patch<Workflow>(`/workflows/${workflow.id}`, body),
    onMutate: () => dispatch({ type: 'send' }),
    onSuccess: (saved) => {
      // It may differ from what was sent: secrets are sealed.
      noteMine(saved.definition);
      dispatch({ type: 'answer', draft: saved });
      queries.setQueryData(key, saved);
    },
    onError: (problem) => {
      dispatch({ type: 'failed' });
      // The look finds out who changed what, and the draft becomes a conflict.
      if (problem.status === 409) void queries.invalidateQueries({ queryKey: key, exact: true });
    },
  });
  const { mutate, reset, isPending, isError } = save;
  const ready = unsaved && !isPending && !state.conflict;

  const saveNow = useCallback(() => {
    if (ready) mutate({ definition: present, revision: state.revision });
  }, [ready, mutate, present, state.revision]);

  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(saveNow, isError ? retryAfter : rest);
    return () => clearTimeout(timer);
  }, [ready, saveNow, isError]);

  useEffect(() => {
    const draft = { definition, revision, edited_at, edited_by };
    dispatch({ type: 'server', draft, at: Date.now() });
  }, [definition, revision, edited_at, edited_by]);

  useSavedOnLeaving(saveNow, unsaved);

  return useMemo(
    () => ({
      definition: present,
      edit: (change, options) =>
        dispatch({ type: 'edit', change, group: options?.group ?? null, at: Date.now() }),
      undo: () => dispatch({ type: 'undo' }),
      redo: () => dispatch({ type: 'redo' }),
      canUndo: state.history.past.length > 0,
      canRedo: state.history.future.length > 0,
      saving: savingOf(),
      error: unsaved ? save.error : null,
      saveNow,
      conflict: state.conflict,
      takeTheirs: () => dispatch({ type: 'take_theirs', at: Date.now() }),
      keepMine: () => {
        // The refusal is answered: what is kept is saved at once.
        reset();
        dispatch({ type: 'keep_mine' });
      },
    }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `savingOf` reads what is listed
    [present, state, unsaved, isPending, save.error, saveNow, reset],
  );

  function savingOf(): SavingState {
    if (state.conflict) return 'conflict';
    if (isPending) return 'saving';
    if (!unsaved) return 'saved';
    return isError ? 'failed' : 'unsaved';
  }
}

/** Says when a draft comes in that was not sent from here; answers what notes one as this person's own. */
function useTold(saved: Draft, sent: Draft | null, tell: () => void): (own: Draft) => void {
  const known = useRef(new Set<Draft>([saved]));
  useEffect(() => {
    if (sent) known.current.add(sent);
  }, [sent]);
  useEffect(() => {
    if (known.current.has(saved)) return;
    known.current.add(saved);
    tell();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told once for each draft
  }, [saved]);
  return useCallback((own) => void known.current.add(own), []);
}

/** Within the interface the last edits are saved in passing; a closing window asks to wait. */
function useSavedOnLeaving(saveNow: () => void, unsaved: boolean): void {
  const latest = useLatest(saveNow);
  useEffect(() => () => latest.current(), [latest]);
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
