import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useClipboard } from './use-clipboard.ts';
import { useUiText } from './use-ui-text.ts';
import classes from './Copyable.module.css';

interface CopyableProps {
  /** What goes to the clipboard; also what is shown unless there are children. */
  value: string;
  children?: ReactNode;
  mono?: boolean | undefined;
}

/** Text that one click copies; the icon shows on hover and focus. */
export function Copyable({ value, children, mono }: CopyableProps) {
  const text = useUiText();
  const { copied, copy } = useClipboard();
  return (
    <Tooltip label={copied ? text('ui.copied') : text('ui.copy')} openDelay={copied ? 0 : 500}>
      <UnstyledButton
        className={classes.root}
        aria-label={text('ui.copyValue', { value })}
        data-mono={mono || undefined}
        onClick={(event) => {
          event.stopPropagation();
          void copy(value);
        }}
      >
        <span className={classes.text} dir="auto">
          {children ?? value}
        </span>
        <span className={classes.icon} data-copied={copied || undefined} aria-hidden>
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
