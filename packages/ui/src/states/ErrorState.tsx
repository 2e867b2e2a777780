import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Copyable } from '../Copyable.tsx';
import { useUiText } from '../use-ui-text.ts';
import classes from './State.module.css';

interface ErrorStateProps {
  title: ReactNode;
  /** What happened, what was kept, what to do. */
  detail: ReactNode;
  /** An ID to quote to whoever runs the installation. */
  reference?: string | undefined;
  onRetry?: (() => void) | undefined;
  actions?: ReactNode;
}

/** A failure said plainly, with the next step and an ID to quote. */
export function ErrorState({ title, detail, reference, onRetry, actions }: ErrorStateProps) {
  const text = useUiText();
  return (
    <div className={classes.root} role="alert">
      <span className={classes.icon} data-tone="danger" aria-hidden>
        <IconAlertTriangle size={24} stroke={1.5} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{detail}</div>
      <div className={classes.actions}>
        {onRetry ? (
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            {text('ui.retry')}
          </Button>
        ) : null}
        {actions}
      </div>
      {reference ? (
        <div className={classes.reference}>
          <Copyable value={reference}>{text('ui.reference', { id: reference })}</Copyable>
        </div>
      ) : null}
    </div>
  );
}
