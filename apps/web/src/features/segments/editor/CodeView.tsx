import { CodeEditor, type CodeProblem } from '@perennial/ui';
import { useMemo } from 'react';
import { useText } from '../../../app/text.tsx';
import { locate } from '../../../editor/locate.ts';
import type { RuleProblem } from './problems.ts';
import type { DocumentContent } from './segment-document.ts';
import classes from './Editor.module.css';

interface CodeViewProps {
  text: string;
  content: DocumentContent;
  problems: readonly RuleProblem[];
  readOnly: boolean;
  reveal: { at: number } | undefined;
  onChange: (text: string) => void;
}

/** The rule as JSON, with what is wrong at its place. */
export function CodeView({ text, content, problems, readOnly, reveal, onChange }: CodeViewProps) {
  const t = useText();
  const marks = useMemo(() => codeProblems(text, content, problems), [text, content, problems]);
  return (
    <div className={classes.code}>
      <CodeEditor
        label={t('segments.editor.code')}
        language="json"
        value={text}
        readOnly={readOnly}
        problems={marks}
        reveal={reveal}
        onChange={onChange}
      />
    </div>
  );
}

/** A text that is no JSON has just that one problem. */
function codeProblems(
  text: string,
  { syntax }: DocumentContent,
  problems: readonly RuleProblem[],
): CodeProblem[] {
  if (syntax) {
    return [{ from: syntax.at, to: syntax.at + 1, severity: 'error', message: syntax.message }];
  }
  return problems.map(({ path, message, severity }) => ({
    ...locate(text, path),
    severity,
    message,
  }));
}
