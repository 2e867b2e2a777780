import { useEffect, useRef } from 'react';

/** What Escape closes before anything else. */
const LAYERS = '[role=menu], [role=listbox], [role=dialog]';

/** Does something on Escape, unless it is meant for a menu, a dialog or what is being typed. */
export function useEscape(act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isTyping(event) && !isLayerOpen())
        latest.current();
    };
    // Before the menu hears of it: afterwards nobody can tell that it was open.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea');
}

/** Some stay in the page, unseen, while they are closed. */
function isLayerOpen(): boolean {
  return [...document.querySelectorAll(LAYERS)].some((layer) => layer.checkVisibility());
}
