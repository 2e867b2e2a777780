import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import type { Workflow, WorkflowProblem } from '@perennial/contracts';
import { CodeEditor, SplitView, type CodeProblem } from '@perennial/ui';
import { useMemo, useState } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useKeepUnsaved } from '../../app/use-keep-unsaved.ts';
import { locate } from '../../editor/locate.ts';
import type { ParsedJson } from '../../editor/parse-json.ts';
import { CodeSide } from './CodeSide.tsx';
import { PublishButton } from './PublishButton.tsx';
import { useVerdict } from './use-verdict.ts';
import { useWorkflowDraft } from './use-workflow-draft.ts';
import classes from './Workflows.module.css';

/** The definition as code: checked as it is typed, saved by itself, published on purpose. */
export function CodeTab({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const mayWrite = useRight('workflows.write');
  const draft = useWorkflowDraft(workflow, mayWrite);
  const [checked] = useDebouncedValue(draft.parsed, 300);
  const definition = useMemo(() => valueOf(checked), [checked]);
  const verdict = useVerdict(definition, definition !== undefined);
  const [reveal, setReveal] = useState<{ at: number }>();
  const problems = useMemo(
    () => codeProblems(draft.text, draft.parsed, verdict.data),
    [draft.text, draft.parsed, verdict.data],
  );
  useHotkeys([['mod+S', draft.saveNow]], []);
  useKeepUnsaved(mayWrite && draft.state !== 'saved', t('workflows.code.leave'));
  const show = (problem: WorkflowProblem) =>
    setReveal({ at: locate(draft.text, problem.path).from });
  return (
    <>
      <SplitView
        name="workflow-code"
        width={420}
        side={<CodeSide definition={definition} verdict={verdict.data} onProblem={show} />}
      >
        <div className={classes.code}>
          <CodeEditor
            label={t('workflows.code.label')}
            language="json"
            value={draft.text}
            readOnly={!mayWrite}
            problems={problems}
            reveal={reveal}
            onChange={draft.setText}
          />
        </div>
      </SplitView>
      <div className={classes.statusLine} data-tone={isBad() ? 'danger' : undefined}>
        <span role="status">{stateWords()}</span>
        {verdict.data && draft.parsed.ok ? (
          <span>
            {t('workflows.code.errors', { count: verdict.data.errors.length })}
            {verdict.data.warnings.length > 0
              ? `, ${t('workflows.code.warnings', { count: verdict.data.warnings.length })}`
              : ''}
          </span>
        ) : null}
        <span className={classes.statusEnd}>
          <PublishButton
            workflow={workflow}
            verdict={verdict.data}
            ready={draft.state === 'saved' && !verdict.isFetching}
          />
        </span>
      </div>
    </>
  );

  function isBad(): boolean {
    return draft.state === 'not_json' || draft.state === 'failed';
  }

  function stateWords(): string {
    if (!mayWrite) return t('workflows.code.readOnly');
    switch (draft.state) {
      case 'not_json':
        return t('workflows.code.notJson');
      case 'saving':
        return t('workflows.code.saving');
      case 'unsaved':
        return t('workflows.code.unsaved');
      case 'failed':
        return t('workflows.code.failed', {
          reason: draft.save.error ? problemWords(draft.save.error, t).detail : '',
        });
      case 'saved':
        return t('workflows.code.saved');
    }
  }
}

function valueOf(parsed: ParsedJson): Record<string, unknown> | undefined {
  const isObject =
    parsed.ok &&
    parsed.value !== null &&
    typeof parsed.value === 'object' &&
    !Array.isArray(parsed.value);
  return isObject ? (parsed.value as Record<string, unknown>) : undefined;
}

interface Verdict {
  errors: WorkflowProblem[];
  warnings: WorkflowProblem[];
}

/** Problems at their places in the text. A text that is no JSON has just that one. */
function codeProblems(
  text: string,
  parsed: ParsedJson,
  verdict: Verdict | undefined,
): CodeProblem[] {
  if (!parsed.ok) {
    return [{ from: parsed.at, to: parsed.at + 1, severity: 'error', message: parsed.message }];
  }
  const placed = (severity: CodeProblem['severity']) => (problem: WorkflowProblem) => ({
    ...locate(text, problem.path),
    severity,
    message: problem.message,
  });
  return [
    ...(verdict?.errors ?? []).map(placed('error')),
    ...(verdict?.warnings ?? []).map(placed('warning')),
  ];
}
