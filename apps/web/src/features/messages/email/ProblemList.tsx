import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import type { PlacedProblem } from './place-problems.ts';
import classes from './EmailBody.module.css';

interface ProblemListProps {
  problems: readonly PlacedProblem[];
  onChoose: (problem: PlacedProblem) => void;
}

/** What is wrong with the code, under it; a click goes to the line. */
export function ProblemList({ problems, onChoose }: ProblemListProps) {
  const t = useText();
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label={t('messages.code.problems')}>
      {problems.map((problem, index) => (
        <li key={index}>
          <UnstyledButton
            className={classes.problem}
            data-severity={problem.severity}
            onClick={() => onChoose(problem)}
          >
            {problem.severity === 'error' ? (
              <IconCircleX size={16} aria-label={t('messages.code.error')} />
            ) : (
              <IconAlertTriangle size={16} aria-label={t('messages.code.warning')} />
            )}
            <span className={classes.problemText}>{problem.message}</span>
            {problem.line === null ? null : (
              <span className={classes.problemLine}>
                {t('messages.code.line', { line: problem.line })}
              </span>
            )}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
