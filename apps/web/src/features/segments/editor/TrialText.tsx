import { CodeEditor } from '@perennial/ui';
import { useMemo } from 'react';
import { useText } from '../../../app/text.tsx';
import { readTrial } from './trial.ts';
import classes from './Editor.module.css';

interface TrialTextProps {
  text: string;
  onChange: (text: string) => void;
}

/** The event with which a rule is tried, written by hand. */
export function TrialText({ text, onChange }: TrialTextProps) {
  const t = useText();
  const read = useMemo(() => readTrial(text), [text]);
  const problems = read.ok
    ? []
    : [{ from: read.at, to: read.at + 1, severity: 'error' as const, message: read.message }];
  return (
    <>
      <div className={classes.trialText}>
        <CodeEditor
          label={t('segments.editor.trial.text')}
          language="json"
          value={text}
          problems={problems}
          onChange={onChange}
        />
      </div>
      {read.ok ? null : (
        <p role="status" className={classes.trialWrong}>
          {read.message}
        </p>
      )}
    </>
  );
}
