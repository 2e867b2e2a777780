import { ErrorState, NoRights } from '@perennial/ui';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api.ts';
import { problemWords } from './problem-words.ts';
import { useText } from './text.tsx';

interface ProblemProps {
  error: ApiProblem;
  onRetry?: (() => void) | undefined;
  actions?: ReactNode;
}

/** A refused or failed call in place of what it should have brought. */
export function Problem({ error, onRetry, actions }: ProblemProps) {
  const t = useText();
  if (error.status === 403) return <NoRights right={missingRight(error)} />;
  const words = problemWords(error, t);
  return (
    <ErrorState
      title={words.title}
      detail={words.detail}
      reference={error.status >= 500 ? error.reference : undefined}
      onRetry={error.status === 404 ? undefined : onRetry}
      actions={actions}
    />
  );
}

/** The server names the missing right in its detail. */
function missingRight(error: ApiProblem): string {
  return /[a-z]+\.[a-z_]+/.exec(error.detail ?? '')?.[0] ?? error.detail ?? '';
}
