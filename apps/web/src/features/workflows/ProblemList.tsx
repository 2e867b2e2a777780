import type { WorkflowProblem } from '@perennial/contracts';
import { EmptyState } from '@perennial/ui';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import type { Problems } from './problems-by-block.ts';
import classes from './Workflows.module.css';

interface ProblemListProps {
  problems: Problems;
  onProblem: (problem: WorkflowProblem) => void;
}

/** What is wrong with a definition, and what is worth knowing; each leads to its place. */
export function ProblemList({ problems: { errors, warnings }, onProblem }: ProblemListProps) {
  const t = useText();
  if (errors.length + warnings.length === 0) {
    return (
      <EmptyState icon={IconCircleCheck} title={t('workflows.code.clean.title')}>
        {t('workflows.code.clean.detail')}
      </EmptyState>
    );
  }
  return (
    <>
      {errors.map((problem, index) => (
        <ProblemLine
          key={`e${index}`}
          problem={problem}
          severe
          onClick={() => onProblem(problem)}
        />
      ))}
      {warnings.map((problem, index) => (
        <ProblemLine key={`w${index}`} problem={problem} onClick={() => onProblem(problem)} />
      ))}
    </>
  );
}

interface ProblemLineProps {
  problem: WorkflowProblem;
  severe?: boolean;
  onClick: () => void;
}

function ProblemLine({ problem, severe, onClick }: ProblemLineProps) {
  return (
    <button type="button" className={classes.problem} onClick={onClick}>
      {severe ? (
        <IconAlertCircle size={16} color="var(--p-danger)" />
      ) : (
        <IconAlertTriangle size={16} color="var(--p-warning)" />
      )}
      <span>
        {problem.message}
        <span className={classes.problemPath}>{problem.path || '/'}</span>
      </span>
    </button>
  );
}
