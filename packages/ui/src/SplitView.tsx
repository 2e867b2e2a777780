import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { Drawer } from '@mantine/core';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useUiText } from './use-ui-text.ts';
import classes from './SplitView.module.css';

interface SplitViewProps {
  /** Under this name the browser keeps the width. */
  name: string;
  children: ReactNode;
  /** The panel at the end, or nothing. */
  side: ReactNode | null;
  /** Called when the panel is dismissed on a narrow screen. */
  onCloseSide?: () => void;
  width?: number;
}

const least = 300;
const most = 900;
const keyStep = 24;

/** Work at the start, an inspector at the end; the border between them moves. */
export function SplitView({ name, children, side, onCloseSide, width = 400 }: SplitViewProps) {
  const text = useUiText();
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [size, setSize] = useLocalStorage({
    key: `perennial.split.${name}`,
    defaultValue: width,
    getInitialValueInEffect: false,
  });
  const set = (next: number) => setSize(Math.round(Math.min(most, Math.max(least, next))));

  function drag(event: PointerEvent<HTMLElement>): void {
    const handle = event.currentTarget;
    const away = towardsStart(handle);
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => set(size + (from - move.clientX) * away);
    handle.onpointerup = () => (handle.onpointermove = null);
  }

  function nudge(event: KeyboardEvent<HTMLElement>): void {
    const away = towardsStart(event.currentTarget);
    if (event.key === 'ArrowLeft') set(size + keyStep * away);
    if (event.key === 'ArrowRight') set(size - keyStep * away);
  }

  if (narrow) {
    return (
      <div className={classes.root}>
        <div className={classes.main}>{children}</div>
        <Drawer
          opened={Boolean(side) && Boolean(onCloseSide)}
          onClose={() => onCloseSide?.()}
          position="right"
          size="min(100%, 480px)"
          padding={0}
          withCloseButton={false}
        >
          {side}
        </Drawer>
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <div className={classes.main}>{children}</div>
      {side ? (
        <>
          <div
            className={classes.handle}
            role="separator"
            aria-orientation="vertical"
            aria-label={text('ui.split.resize')}
            aria-valuenow={size}
            aria-valuemin={least}
            aria-valuemax={most}
            tabIndex={0}
            onPointerDown={drag}
            onKeyDown={nudge}
          />
          <div className={classes.side} style={{ inlineSize: size }}>
            {side}
          </div>
        </>
      ) : null}
    </div>
  );
}

/** 1 where lines begin at the left, so that moving left makes the panel wider; else -1. */
function towardsStart(element: HTMLElement): number {
  return getComputedStyle(element).direction === 'rtl' ? -1 : 1;
}
