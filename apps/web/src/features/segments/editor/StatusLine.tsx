import { Menu, UnstyledButton } from '@mantine/core';
import type { SegmentDetail } from '@perennial/contracts';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useDelayed } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { isWrongRule, previewProblem } from './preview-words.ts';
import type { RuleProblem } from './problems.ts';
import type { Preview } from './use-preview.ts';
import type { Trial } from './use-trial.ts';
import classes from './Editor.module.css';

/** From when on a count is worth a button that stops it. */
const LONG_MS = 800;

interface StatusLineProps {
  problems: readonly RuleProblem[];
  onProblem: (problem: RuleProblem) => void;
  preview: Preview;
  trial: Trial;
  /** Whether the rule can be asked for. */
  ready: boolean;
  /** Whether the rule itself differs from the saved one. */
  ruleChanged: boolean;
  changed: boolean;
  segment: SegmentDetail | undefined;
}

/** What is wrong, who would be in it, what saving would do. */
export function StatusLine(props: StatusLineProps) {
  const { preview, trial, ready } = props;
  const t = useText();
  return (
    <footer className={classes.status}>
      <ProblemsMenu {...props} />
      <span role="status" className={classes.count} data-old={!preview.isCurrent || undefined}>
        {ready ? <CountWords preview={preview} trial={trial} /> : t('segments.editor.noCount')}
      </span>
      {ready ? <StopButton preview={preview} /> : null}
      <span className={classes.statusEnd}>{useSaveWords(props)}</span>
    </footer>
  );
}

function CountWords({ preview, trial }: Pick<StatusLineProps, 'preview' | 'trial'>) {
  const t = useText();
  const intl = useIntl();
  const { read, isCurrent, isStopped } = preview;
  if (trial.paths.length > 0 && !trial.content) return t('segments.editor.needsEvent');
  if (read.error && isWrongRule(read.error)) return t('segments.editor.noCount');
  if (read.error) return previewProblem(read.error, t);
  if (isStopped) return t('segments.editor.stopped');
  if (!isCurrent || !read.data) return t('segments.editor.counting');
  const { count, took_ms: took } = read.data;
  const seconds = intl.formatNumber(took / 1000, {
    minimumFractionDigits: took < 10_000 ? 1 : 0,
    maximumFractionDigits: took < 100 ? 2 : 1,
  });
  return t('segments.editor.count', { count, seconds });
}

/** A count that takes long is given up, and asked for again. */
function StopButton({
  preview: { read, isCurrent, isStopped, stop },
}: Pick<StatusLineProps, 'preview'>) {
  const t = useText();
  const isLong = useDelayed(isCurrent && read.isFetching, LONG_MS);
  if (isStopped) {
    return (
      <UnstyledButton className={classes.statusAct} onClick={() => void read.refetch()}>
        {t('segments.editor.count.go')}
      </UnstyledButton>
    );
  }
  if (!isLong) return null;
  return (
    <UnstyledButton className={classes.statusAct} onClick={stop}>
      {t('segments.editor.count.stop')}
    </UnstyledButton>
  );
}

function ProblemsMenu({ problems, onProblem }: StatusLineProps) {
  const t = useText();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (problems.length === 0) {
    return (
      <span className={classes.fine}>
        <IconCircleCheck size={14} />
        {t('segments.editor.fine')}
      </span>
    );
  }
  return (
    <Menu position="top-start" width={420}>
      <Menu.Target>
        <UnstyledButton
          className={classes.problems}
          data-severity={errors > 0 ? 'error' : 'warning'}
        >
          {errors > 0 ? <IconAlertCircle size={14} /> : <IconAlertTriangle size={14} />}
          {errors > 0
            ? t('segments.editor.errors', { count: errors })
            : t('segments.editor.warnings', { count: problems.length })}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {problems.slice(0, 20).map((problem) => (
          <Menu.Item
            key={`${problem.path} ${problem.message}`}
            leftSection={
              problem.severity === 'error' ? (
                <IconAlertCircle size={14} color="var(--p-danger)" />
              ) : (
                <IconAlertTriangle size={14} color="var(--p-warning)" />
              )
            }
            onClick={() => onProblem(problem)}
          >
            {problem.message}
            <span className={classes.problemPath}>{problem.path || '/'}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useSaveWords({ segment, changed, ruleChanged }: StatusLineProps): string {
  const t = useText();
  if (!segment) return t('segments.editor.willCreate');
  if (!changed) return t('segments.editor.saved');
  if (!ruleChanged) return t('segments.editor.willRename');
  return t('segments.editor.willRecompute', { count: segment.size });
}
