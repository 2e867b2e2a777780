import { Drawer, SegmentedControl } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useUiText } from './use-ui-text.ts';
import classes from './SplitView.module.css';

interface SplitTabs {
  main: string;
  side: string;
  /** Default: the main one. */
  first?: 'main' | 'side';
}

interface SplitViewProps {
  /** Under this name the browser keeps the width. */
  name: string;
  children: ReactNode;
  /** The panel at the end, or nothing. */
  side: ReactNode | null;
  /** Called when the panel is dismissed on a narrow screen. */
  onCloseSide?: () => void;
  /** What the halves are called on a narrow screen, where one of them is seen at a time. */
  tabs?: SplitTabs;
  width?: number;
}

const least = 300;
const most = 900;
const keyStep = 24;

/** Work at the start, an inspector at the end; the border between them moves. */
export function SplitView({
  name,
  children,
  side,
  onCloseSide,
  tabs,
  width = 400,
}: SplitViewProps) {
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

  if (narrow && tabs && side) {
    return (
      <Tabs names={tabs} side={side}>
        {children}
      </Tabs>
    );
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

interface TabsProps {
  names: SplitTabs;
  children: ReactNode;
  side: ReactNode;
}

/** Both stay in the page, so that what was typed, and where, is there on return. */
function Tabs({ names, children, side }: TabsProps) {
  const [shown, setShown] = useState<'main' | 'side'>(names.first ?? 'main');
  return (
    <div className={classes.stacked}>
      <div className={classes.tabs}>
        <SegmentedControl
          fullWidth
          value={shown}
          onChange={setShown}
          data={[
            { value: 'main', label: names.main },
            { value: 'side', label: names.side },
          ]}
        />
      </div>
      <div className={classes.main} hidden={shown !== 'main'}>
        {children}
      </div>
      <div className={classes.main} hidden={shown !== 'side'}>
        {side}
      </div>
    </div>
  );
}

/** 1 where lines begin at the left, so that moving left makes the panel wider; else -1. */
function towardsStart(element: HTMLElement): number {
  return getComputedStyle(element).direction === 'rtl' ? -1 : 1;
}
