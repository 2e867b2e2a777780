import { CodeEditor } from '@perennial/ui';
import { useMemo, useState } from 'react';
import { useText } from '../../app/text.tsx';
import { placeProblems } from '../messages/email/place-problems.ts';
import { ProblemList } from '../messages/email/ProblemList.tsx';
import type { DraftProblem } from '../messages/preview/use-preview.ts';
import { useTemplateWords } from '../messages/use-template-words.ts';
import type { Part } from './block-draft.ts';
import classes from './Blocks.module.css';

interface PartCodeProps {
  part: Part;
  text: string;
  readOnly: boolean;
  problems: readonly DraftProblem[];
  onText: (text: string) => void;
}

/** One part as code, its mistakes at their lines and listed below. */
export function PartCode({ part, text, readOnly, problems, onText }: PartCodeProps) {
  const t = useText();
  const words = useTemplateWords();
  const placed = useMemo(() => placeProblems(text, problems, `/${part}`), [text, problems, part]);
  const [reveal, setReveal] = useState<{ at: number }>();
  return (
    <>
      <div className={classes.code} data-pointer={`/${part}`}>
        <CodeEditor
          label={t(`blocks.part.${part}`)}
          language={part}
          value={text}
          readOnly={readOnly}
          problems={placed}
          reveal={reveal}
          words={words}
          onChange={onText}
        />
      </div>
      <ProblemList problems={placed} onChoose={({ from }) => setReveal({ at: from })} />
    </>
  );
}
