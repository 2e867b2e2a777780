import type { Workflow } from '@perennial/contracts';
import { blocksOf, withBlocks, type Draft } from '../../../editor/edit/draft.ts';
import { historyOf, record, redo, undo, type History } from '../../../editor/edit/history.ts';
import { sameJson } from '../../../app/same-json.ts';

/** What the server says of a draft. */
export type ServerDraft = Pick<Workflow, 'definition' | 'revision' | 'edited_at' | 'edited_by'>;

export interface DraftState {
  history: History<Draft>;
  /** What is known to be saved, and at which revision. */
  saved: Draft;
  revision: number;
  /** What is being saved now. */
  sent: Draft | null;
  /** Somebody else's draft that would be overwritten; nothing is saved until it is decided. */
  conflict: ServerDraft | null;
}

export type DraftAction =
  | {
      type: 'edit';
      change: (draft: Draft) => Draft;
      group: string | null;
      at: number;
    }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'send' }
  | { type: 'failed' }
  /** The answer to a save. */
  | { type: 'answer'; draft: ServerDraft }
  /** A draft as a look found it on the server. */
  | { type: 'server'; draft: ServerDraft; at: number }
  | { type: 'take_theirs'; at: number }
  | { type: 'keep_mine' };

export function draftStateOf({ definition, revision }: ServerDraft): DraftState {
  return {
    history: historyOf(definition),
    saved: definition,
    revision,
    sent: null,
    conflict: null,
  };
}

export function isUnsaved({ history, saved }: DraftState): boolean {
  return history.present !== saved;
}

/** What one person edits, and what the server has, which another may have changed. */
export function nextDraftState(state: DraftState, action: DraftAction): DraftState {
  switch (action.type) {
    case 'edit': {
      const present = action.change(state.history.present);
      return { ...state, history: record(state.history, present, action) };
    }
    case 'undo':
      return { ...state, history: undo(state.history) };
    case 'redo':
      return { ...state, history: redo(state.history) };
    case 'send':
      return { ...state, sent: state.history.present };
    case 'failed':
      return { ...state, sent: null };
    case 'answer':
      return takeAnswer(state, action.draft);
    case 'server':
      return heed(state, action.draft, action.at);
    case 'take_theirs':
      return state.conflict ? take(state, state.conflict, action.at) : state;
    case 'keep_mine':
      return state.conflict
        ? { ...state, revision: state.conflict.revision, conflict: null }
        : state;
  }
}

/** The server may have changed what was sent: secrets are sealed, and read back by their IDs. */
function takeAnswer(state: DraftState, { definition, revision }: ServerDraft): DraftState {
  const { history, sent } = state;
  if (!sent) return state;
  if (sameJson(definition, sent)) return { ...state, saved: sent, revision, sent: null };
  const present =
    history.present === sent ? definition : withAnswer(history.present, { sent, definition });
  return { ...state, history: { ...history, present }, saved: definition, revision, sent: null };
}

/** Settings that are as they were sent become what was answered; those edited meanwhile stay. */
function withAnswer(
  present: Draft,
  { sent, definition }: { sent: Draft; definition: Draft },
): Draft {
  const [was, answered] = [blocksOf(sent), blocksOf(definition)];
  const blocks = Object.entries(blocksOf(present)).map(([id, block]) => {
    const settings = Object.entries(block).map(([name, value]) => {
      const isAsSent = sameJson(value, was[id]?.[name]);
      return [name, isAsSent ? (answered[id]?.[name] ?? value) : value];
    });
    return [id, Object.fromEntries(settings)];
  });
  return withBlocks(present, Object.fromEntries(blocks));
}

function heed(state: DraftState, theirs: ServerDraft, at: number): DraftState {
  // A look that began before the last save says nothing new.
  if (theirs.revision < state.revision) return state;
  const { present } = state.history;
  if (state.sent && sameJson(theirs.definition, state.sent)) {
    return { ...state, saved: state.sent, revision: theirs.revision, sent: null };
  }
  if (theirs.revision === state.revision) return state;
  if (sameJson(theirs.definition, present)) {
    return { ...state, saved: present, revision: theirs.revision, conflict: null };
  }
  // What is on its way is answered first: it is refused, or it was before theirs.
  if (state.sent) return state;
  return isUnsaved(state) ? { ...state, conflict: theirs } : take(state, theirs, at);
}

/** Theirs becomes an edit of mine, so that mine is an undo away. */
function take(state: DraftState, { definition, revision }: ServerDraft, at: number): DraftState {
  return {
    history: record(state.history, definition, { at }),
    saved: definition,
    revision,
    sent: null,
    conflict: null,
  };
}
