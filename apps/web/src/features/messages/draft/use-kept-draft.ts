import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi, useSession } from '../../../app/session.ts';
import type { MessageDraft } from '../message-draft.ts';
import { forgetKept, keepDraft, readKept, type KeptDraft } from './kept-drafts.ts';

/** As long as somebody types on, nothing is written. */
const PAUSE_MS = 400;

interface Unsaved {
  messageId: string;
  draft: MessageDraft;
  baseVersion: number;
  changed: boolean;
}

/**
 * Keeps what is not saved in the browser, shortly after typing pauses and when the page goes; and
 * offers what was kept before, until somebody decides.
 */
export function useKeptDraft({ messageId, draft, baseVersion, changed }: Unsaved) {
  const { workspace } = useApi();
  const user = useSession().user.id;
  const [place] = useState({ workspace, user, message: messageId });
  const [offered, setOffered] = useState(() => readKept(localStorage, place));
  const [fits, setFits] = useState(true);
  const latest = useRef<KeptDraft | null>(null);

  const write = useCallback(() => {
    if (!latest.current) return;
    setFits(keepDraft(localStorage, place, latest.current));
    latest.current = null;
  }, [place]);

  useEffect(() => {
    if (!changed) return undefined;
    latest.current = { keptAt: Date.now(), baseVersion, draft };
    const timer = setTimeout(write, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [changed, draft, baseVersion, write]);

  useEffect(() => {
    if (changed || offered) return;
    latest.current = null;
    forgetKept(localStorage, place);
  }, [changed, offered, place]);

  useEffect(() => {
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, [write]);

  return { offered, settle: useCallback(() => setOffered(null), []), fits };
}
