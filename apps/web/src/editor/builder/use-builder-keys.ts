import { useEffect, type RefObject } from 'react';
import { useLatest } from '../use-latest.ts';

/** What a key does; false where it does nothing now, so that the page may have it. */
export type KeyAction = (event: KeyboardEvent) => void | false;

/** By key: `mod+z`, `shift+mod+z`, `arrowup`, `delete`, `/`. */
export type KeyMap = Readonly<Record<string, KeyAction>>;

/**
 * Keys of the canvas, while nothing else on the page is being worked with: typed text, dialogs,
 * menus and buttons keep theirs.
 */
export function useBuilderKeys(
  frame: RefObject<HTMLElement | null>,
  keys: () => KeyMap,
  clipboard: ClipboardActions,
): void {
  const latest = useLatest({ keys, clipboard });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isOfCanvas(frame.current, event.target)) return;
      const name = nameOf(event);
      // In the palette and in toolbars arrows and Enter are their own.
      if (!name.includes('mod+') && hasOwnKeys(event.target)) return;
      const action = latest.current.keys()[name];
      if (!action || action(event) === false) return;
      event.preventDefault();
      // The page has other meanings for some of these keys.
      event.stopImmediatePropagation();
    };
    const copy = (event: ClipboardEvent): void => {
      if (!isOfCanvas(frame.current, event.target) || hasSelectedText()) return;
      const { copied, cut } = latest.current.clipboard;
      const text = event.type === 'cut' ? cut() : copied();
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (!isOfCanvas(frame.current, event.target)) return;
      latest.current.clipboard.paste(event.clipboardData?.getData('text/plain') ?? '');
      event.preventDefault();
    };
    window.addEventListener('keydown', press, true);
    window.addEventListener('copy', copy);
    window.addEventListener('cut', copy);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('copy', copy);
      window.removeEventListener('cut', copy);
      window.removeEventListener('paste', paste);
    };
  }, [frame, latest]);
}

export interface ClipboardActions {
  copied: () => string | undefined;
  cut: () => string | undefined;
  paste: (text: string) => void;
}

/** The key with what is held down beside it; of `?` and the like, Shift is part already. */
export function nameOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string {
  const key = event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  return [
    event.altKey && 'alt',
    event.shiftKey && (isLetter || key.length > 1) && 'shift',
    (event.ctrlKey || event.metaKey) && 'mod',
    key,
  ]
    .filter(Boolean)
    .join('+');
}

function isOfCanvas(frame: HTMLElement | null, target: EventTarget | null): boolean {
  if (!frame || document.querySelector('[aria-modal="true"]')) return false;
  if (!(target instanceof HTMLElement)) return target === document;
  // The focus rests on the page around while nothing in particular has it.
  if (target.contains(frame)) return true;
  if (!frame.contains(target)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') === null
  );
}

function hasOwnKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-palette], [data-own-keys]') !== null;
}

function hasSelectedText(): boolean {
  return (document.getSelection()?.toString() ?? '') !== '';
}
