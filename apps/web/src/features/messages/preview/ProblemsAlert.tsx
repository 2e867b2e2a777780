import { Alert } from '@mantine/core';
import { Snippet } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import classes from './PreviewPane.module.css';

interface ShownProblem {
  message: string;
  /** Where the form says it. */
  place?: string | undefined;
  excerpt?: string | null;
  kind?: 'template' | 'missing' | 'fetch';
}

/** Why there is nothing to show. What the form says at its place is not said again. */
export function ProblemsAlert({ problems }: { problems: readonly ShownProblem[] }) {
  const t = useText();
  const [first] = problems;
  if (!first) return null;
  // Nothing is wrong with the message: it does what it was told to.
  const outcome = first.kind === 'missing' || first.kind === 'fetch' ? first.kind : null;
  return (
    <Alert
      className={classes.problems ?? ''}
      color={outcome ? 'yellow' : 'red'}
      variant="light"
      icon={<IconAlertTriangle size={16} />}
      title={t(outcome ? `messages.personalisation.preview.${outcome}` : 'messages.preview.failed')}
    >
      {problems.map((problem, index) => (
        <div key={index}>
          {problem.place ?? problem.message}
          {problem.excerpt ? <Snippet code={problem.excerpt} wrap /> : null}
        </div>
      ))}
    </Alert>
  );
}
