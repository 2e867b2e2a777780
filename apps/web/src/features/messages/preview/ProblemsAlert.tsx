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

interface ProblemsAlertProps {
  problems: readonly ShownProblem[];
  /** Of mistakes; default: that the message has one. */
  title?: string | undefined;
}

/** Why there is nothing to show. What the form says at its place is not said again. */
export function ProblemsAlert({ problems, title }: ProblemsAlertProps) {
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
      title={
        outcome
          ? t(`messages.personalisation.preview.${outcome}`)
          : (title ?? t('messages.preview.failed'))
      }
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
