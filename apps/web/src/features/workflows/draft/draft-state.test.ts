import { expect, test } from 'vitest';
import {
  draftStateOf,
  isUnsaved,
  nextDraftState,
  type DraftAction,
  type DraftState,
  type ServerDraft,
} from './draft-state.ts';

const server = (revision: number, note: string): ServerDraft => ({
  definition: { note },
  revision,
  edited_at: '2026-05-01T10:00:00Z',
  edited_by: 'Grace',
});

const fresh = draftStateOf(server(1, 'first'));
const edit = (note: string): DraftAction => ({
  type: 'edit',
  change: () => ({ note }),
  group: null,
  at: 0,
});
const heard = (revision: number, note: string): DraftAction => ({
  type: 'server',
  draft: server(revision, note),
  at: 0,
});

function after(...actions: DraftAction[]): DraftState {
  return actions.reduce(nextDraftState, fresh);
}

test('an edit is unsaved until the server has it', () => {
  expect(isUnsaved(after(edit('mine')))).toBe(true);
  const saved = after(edit('mine'), { type: 'send' }, heard(2, 'mine'));
  expect(isUnsaved(saved)).toBe(false);
  expect(saved).toMatchObject({ revision: 2, sent: null });
});

test('what is edited while a save is on its way stays unsaved', () => {
  const state = after(edit('a'), { type: 'send' }, edit('ab'), heard(2, 'a'));
  expect(state.history.present).toEqual({ note: 'ab' });
  expect(isUnsaved(state)).toBe(true);
  expect(state.revision).toBe(2);
});

test('a look that began before the last save says nothing', () => {
  const state = after(edit('a'), { type: 'send' }, heard(2, 'a'), heard(1, 'first'));
  expect(state.history.present).toEqual({ note: 'a' });
});

test('somebody else’s change comes in where nothing is unsaved, and can be undone', () => {
  const state = after(heard(2, 'theirs'));
  expect(state.history.present).toEqual({ note: 'theirs' });
  expect(isUnsaved(state)).toBe(false);
  const undone = nextDraftState(state, { type: 'undo' });
  expect(undone.history.present).toEqual({ note: 'first' });
  expect(isUnsaved(undone)).toBe(true);
});

test('somebody else’s change never replaces unsaved work', () => {
  const state = after(edit('mine'), heard(2, 'theirs'));
  expect(state.history.present).toEqual({ note: 'mine' });
  expect(state.conflict).toMatchObject({ edited_by: 'Grace', revision: 2 });
});

test('of a conflict either side can be kept, and neither is lost', () => {
  const conflict = after(edit('mine'), heard(2, 'theirs'));
  const mine = nextDraftState(conflict, { type: 'keep_mine' });
  expect(mine).toMatchObject({ revision: 2, conflict: null });
  expect(isUnsaved(mine)).toBe(true);
  const theirs = nextDraftState(conflict, { type: 'take_theirs', at: 0 });
  expect(theirs.history.present).toEqual({ note: 'theirs' });
  expect(isUnsaved(theirs)).toBe(false);
  expect(nextDraftState(theirs, { type: 'undo' }).history.present).toEqual({ note: 'mine' });
});

test('a refused save finds the conflict at the next look', () => {
  const state = after(edit('mine'), { type: 'send' }, { type: 'failed' }, heard(2, 'theirs'));
  expect(state.conflict).not.toBeNull();
});

test('two who did the same have no conflict', () => {
  const state = after(edit('same'), heard(2, 'same'));
  expect(state).toMatchObject({ conflict: null, revision: 2 });
  expect(isUnsaved(state)).toBe(false);
});

test('what the server made of a save is taken over, but for what was edited meanwhile', () => {
  const draft = (secret: string | { $secret: string }, url: string) => ({
    blocks: { hook: { type: 'webhook', secret, url } },
  });
  const set = (definition: DraftState['saved']): DraftAction => ({
    type: 'edit',
    change: () => definition,
    group: null,
    at: 0,
  });
  const answer: DraftAction = {
    type: 'answer',
    draft: { ...server(2, ''), definition: draft({ $secret: '7' }, 'https://a.example') },
  };
  const sent = [set(draft('words', 'https://a.example')), { type: 'send' }] as const;
  const rested = after(...sent, answer);
  expect(rested.history.present).toEqual(draft({ $secret: '7' }, 'https://a.example'));
  expect(isUnsaved(rested)).toBe(false);
  const busy = after(...sent, set(draft('words', 'https://b.example')), answer);
  expect(busy.history.present).toEqual(draft({ $secret: '7' }, 'https://b.example'));
  expect(isUnsaved(busy)).toBe(true);
  expect(busy).toMatchObject({ revision: 2, sent: null });
});
