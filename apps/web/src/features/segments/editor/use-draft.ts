import type { SegmentDetail } from '@perennial/contracts';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useApi } from '../../../app/session.ts';
import { record, redo, startHistory, undo, type History } from './history.ts';
import { documentOf, EMPTY_DOCUMENT, type SegmentDocument } from './segment-document.ts';
import { draftText, isSameDraft, readDraft, type SegmentDraft } from './segment-draft.ts';

/** How long work rests before the browser keeps it. */
const REST_MS = 400;

type About = Omit<SegmentDraft, 'document'>;

export interface DraftWork {
  draft: SegmentDraft;
  changeDocument: (document: SegmentDocument, about?: string) => void;
  changeAbout: (about: Partial<About>) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  /** Whether it says anything else than what is saved. */
  changed: boolean;
  /** When the draft was made that was found in the browser; undefined when none was. */
  restoredAt: string | undefined;
  /** Whether somebody saved another rule since. */
  isStale: boolean;
  /** Back to what is saved. */
  discard: () => void;
  /** To be called when it was saved: nothing has to be kept any more. */
  forget: () => void;
}

/** A segment being made or changed, with undo; the browser keeps it until it is saved. */
export function useDraft(
  segment: SegmentDetail | undefined,
  start: SegmentDraft | undefined,
): DraftWork {
  const { workspace } = useApi();
  const key = `perennial.segment.${workspace}.${segment?.id ?? 'new'}`;
  const saved = useMemo(() => savedDraft(segment), [segment]);
  const [kept] = useState(() => (start ? undefined : readDraft(localStorage.getItem(key))));
  const first = start ?? kept ?? saved;
  const [history, change] = useReducer(reduce, first.document, startHistory);
  const [about, setAbout] = useState<About>(() => aboutOf(first));
  const [restored, setRestored] = useState(kept && !isSameDraft(kept, saved) ? kept : undefined);
  const draft = useMemo(() => ({ ...about, document: history.present }), [about, history.present]);
  const changed = !isSameDraft(draft, saved);
  const forgotten = useRef(false);

  useEffect(() => {
    const timer = setTimeout(() => {
      if (forgotten.current) return;
      if (!changed) localStorage.removeItem(key);
      else localStorage.setItem(key, draftText({ ...draft, ...mark(segment) }));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [draft, changed, key, segment]);

  return {
    draft,
    changeDocument: (document, what) => change({ kind: 'record', document, what }),
    changeAbout: (next) => setAbout((before) => ({ ...before, ...next })),
    undo: () => change({ kind: 'undo' }),
    redo: () => change({ kind: 'redo' }),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    changed,
    restoredAt: restored?.at,
    isStale: restored !== undefined && restored.version !== (segment?.latest_version ?? 0),
    discard: () => {
      change({ kind: 'record', document: saved.document, what: undefined });
      setAbout(aboutOf(saved));
      setRestored(undefined);
    },
    forget: () => {
      forgotten.current = true;
      localStorage.removeItem(key);
    },
  };
}

function savedDraft(segment: SegmentDetail | undefined): SegmentDraft {
  if (!segment) return { name: '', purpose: '', tags: [], document: EMPTY_DOCUMENT };
  const { name, purpose, tags, definition } = segment;
  return { name, purpose, tags, document: documentOf(definition) };
}

function aboutOf({ name, purpose, tags }: SegmentDraft): About {
  return { name, purpose, tags };
}

function mark(segment: SegmentDetail | undefined) {
  return { at: new Date().toISOString(), version: segment?.latest_version ?? 0 };
}

type Change =
  | { kind: 'record'; document: SegmentDocument; what: string | undefined }
  | { kind: 'undo' | 'redo' };

function reduce(history: History<SegmentDocument>, change: Change): History<SegmentDocument> {
  if (change.kind === 'record') return record(history, change.document, change.what);
  return change.kind === 'undo' ? undo(history) : redo(history);
}
