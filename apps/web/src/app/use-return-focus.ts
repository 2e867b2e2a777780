import { useEffect } from 'react';

/** Where dialogs, menus and whatever else floats is put by their library. */
const FLOATING = '[data-portal]';

/**
 * A dialog that goes away together with what drew it takes the focus with it. Whoever works with the
 * keyboard would start again at the top of the page; so the focus goes back to where it was before.
 */
export function useReturnFocus(): void {
  useEffect(() => {
    let onPage: HTMLElement | undefined;
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && !target.closest(FLOATING)) onPage = target;
    };
    const restore = new MutationObserver((changes) => {
      if (document.activeElement !== document.body) return;
      if (changes.some(({ removedNodes }) => [...removedNodes].some(isDialog))) onPage?.focus();
    });
    document.addEventListener('focusin', remember);
    restore.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      restore.disconnect();
    };
  }, []);
}

function isDialog(node: Node): boolean {
  return (
    node instanceof HTMLElement &&
    (node.matches('[role="dialog"]') || node.querySelector('[role="dialog"]') !== null)
  );
}
