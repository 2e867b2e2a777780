import { useHotkeys } from '@mantine/hooks';
import type { Workflow, WorkflowProblem } from '@perennial/contracts';
import { CodeEditor, SplitView, type CodeProblem } from '@perennial/ui';
import { useMemo, useState } from 'react';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useKeepUnsaved } from '../../app/use-keep-unsaved.ts';
import { locate } from '../../editor/locate.ts';
import type { ParsedJson } from '../../editor/parse-json.ts';
import { CodeSide } from './CodeSide.tsx';
import type { WorkflowDraft } from './draft/use-draft.ts';
import { useProblems } from './draft/use-problems.ts';
import { DraftStatus } from './DraftStatus.tsx';
import type { Problems } from './problems-by-block.ts';
import { useDefinitionText } from './use-definition-text.ts';
import classes from './Workflows.module.css';

/** The definition as code: checked as it is typed, saved by itself, published on purpose. */
export function CodeTab({ workflow, draft }: { workflow: Workflow; draft: WorkflowDraft }) {
  const t = useText();
  const mayWrite = useRight('workflows.write');
  const code = useDefinitionText(draft);
  const { problems, verdict } = useProblems(draft.definition);
  const [reveal, setReveal] = useState<{ at: number }>();
  const places = useMemo(
    () => codeProblems(code.text, code.parsed, problems),
    [code.text, code.parsed, problems],
  );
  useHotkeys([['mod+S', draft.saveNow]], []);
  useKeepUnsaved(mayWrite && !code.isReadable, t('workflows.code.leave'));
  const show = (problem: WorkflowProblem) =>
    setReveal({ at: locate(code.text, problem.path).from });
  return (
    <>
      <SplitView
        name="workflow-code"
        width={420}
        tabs={{ main: t('workflows.tab.code'), side: t('workflows.code.problems') }}
        side={<CodeSide definition={draft.definition} problems={problems} onProblem={show} />}
      >
        <div className={classes.code}>
          <CodeEditor
            label={t('workflows.code.label')}
            language="json"
            value={code.text}
            readOnly={!mayWrite}
            problems={places}
            reveal={reveal}
            onChange={code.type}
          />
        </div>
      </SplitView>
      <DraftStatus
        workflow={workflow}
        draft={draft}
        problems={problems}
        verdict={verdict}
        unreadable={code.isReadable ? null : t('workflows.code.notJson')}
      />
    </>
  );
}

/** Problems at their places in the text. A text that is no JSON has just that one. */
function codeProblems(text: string, parsed: ParsedJson, problems: Problems): CodeProblem[] {
  if (!parsed.ok) {
    return [{ from: parsed.at, to: parsed.at + 1, severity: 'error', message: parsed.message }];
  }
  const placed = (severity: CodeProblem['severity']) => (problem: WorkflowProblem) => ({
    ...locate(text, problem.path),
    severity,
    message: problem.message,
  });
  return [...problems.errors.map(placed('error')), ...problems.warnings.map(placed('warning'))];
}
