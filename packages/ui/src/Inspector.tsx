import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useHotkeys } from '@mantine/hooks';
import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useUiText } from './use-ui-text.ts';
import classes from './Inspector.module.css';

interface InspectorProps {
  /** May be left out where tabs say it all. */
  title?: ReactNode;
  leading?: ReactNode;
  /** State and identity under the title. */
  detail?: ReactNode;
  actions?: ReactNode;
  onClose?: (() => void) | undefined;
  /** Beside a canvas, whose keys go on to work. */
  leavesFocus?: boolean;
  /** Lets previews reach the edges. */
  flush?: boolean;
  tabs?: ReactNode;
  children: ReactNode;
}

/** The panel beside a list or a canvas that shows the thing picked there. */
export function Inspector(props: InspectorProps) {
  const text = useUiText();
  const root = useRef<HTMLElement>(null);
  useFocusWhileOpen(root, !props.leavesFocus);
  useHotkeys([['Escape', (event) => isOfPage(event) && props.onClose?.()]]);
  return (
    <aside ref={root} tabIndex={-1} className={classes.root}>
      <header className={classes.head} data-tabs={props.tabs ? true : undefined}>
        {props.title ? (
          <div className={classes.row}>
            {props.leading}
            <h2 className={classes.title} dir="auto">
              {props.title}
            </h2>
            {props.actions}
            {props.onClose ? (
              <Tooltip label={text('ui.close')}>
                <ActionIcon aria-label={text('ui.close')} onClick={props.onClose}>
                  <IconX size={16} />
                </ActionIcon>
              </Tooltip>
            ) : null}
          </div>
        ) : null}
        {props.detail ? <div className={classes.detail}>{props.detail}</div> : null}
        {props.tabs}
      </header>
      <div className={classes.body} data-flush={props.flush || undefined}>
        {props.children}
      </div>
    </aside>
  );
}

/** What floats over the page closes first. */
function isOfPage({ target }: KeyboardEvent): boolean {
  const isFloating = target instanceof Element && target.closest('[data-portal]') !== null;
  return !isFloating && document.querySelector('[aria-modal="true"]') === null;
}

/** Keys act on what was opened; when it shuts, on what it was opened from. */
function useFocusWhileOpen(root: RefObject<HTMLElement | null>, takes: boolean): void {
  useLayoutEffect(() => {
    const panel = root.current;
    const opener = document.activeElement;
    if (!takes || !panel || panel.contains(opener)) return undefined;
    const list = opener?.closest('[role="grid"]') ?? null;
    panel.focus({ preventScroll: true });
    return () => {
      if (!panel.contains(document.activeElement)) return;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else if (list) focusRow(list);
    };
  }, [root, takes]);
}

/** The row it was opened from may have moved out of sight, where it is not drawn: its place then. */
function focusRow(list: Element): void {
  const row =
    list.querySelector<HTMLElement>('[data-row][tabindex="0"]') ??
    list.querySelector<HTMLElement>('[data-row]');
  row?.focus({ preventScroll: true });
}
