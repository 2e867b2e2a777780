import { Button } from '@mantine/core';
import { ErrorState } from '@perennial/ui';
import { Component, type ReactNode } from 'react';
import { useText } from './text.tsx';

interface BoundaryState {
  error: unknown;
}

/** Keeps a page that fails to draw from taking the shell with it. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error ? <Crash error={this.state.error} /> : this.props.children;
  }
}

/** What went wrong in drawing; a page of an older version finds its files gone. */
export function Crash({ error }: { error: unknown }) {
  const t = useText();
  const message = error instanceof Error ? error.message : String(error);
  const outdated = /dynamically imported module|Failed to fetch/i.test(message);
  return (
    <ErrorState
      title={t(outdated ? 'app.updated.title' : 'app.crash.title')}
      detail={t(outdated ? 'app.updated.detail' : 'app.crash.detail')}
      reference={outdated ? undefined : message}
      actions={<Button onClick={() => window.location.reload()}>{t('app.crash.reload')}</Button>}
    />
  );
}
