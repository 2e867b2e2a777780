import { notifications } from '@mantine/notifications';
import { CodeEditor, type CodeEditorHandle } from '@perennial/ui';
import { useMemo, useState, type RefObject } from 'react';
import { useText } from '../../../app/text.tsx';
import type { ContentFormProps } from '../content-form-props.ts';
import { useTemplateWords } from '../use-template-words.ts';
import { bodyText, withBody, type BodyKind } from './body-kind.ts';
import { placeProblems } from './place-problems.ts';
import { ProblemList } from './ProblemList.tsx';
import classes from './EmailBody.module.css';

type BodyCodeProps = Pick<
  ContentFormProps,
  'content' | 'readOnly' | 'onChange' | 'problems' | 'madeText' | 'eventParameters'
> & {
  shown: BodyKind;
  /** The plain text is made of the HTML: to be read. */
  isMade: boolean;
  editor: RefObject<CodeEditorHandle | null>;
};

/** One body as code, its mistakes at their lines and listed below. */
export function BodyCode({ shown, isMade, editor, ...props }: BodyCodeProps) {
  const { content, readOnly, problems, madeText, onChange } = props;
  const t = useText();
  const words = useTemplateWords(props.eventParameters);
  const value = isMade ? (madeText ?? '') : bodyText(content[shown]);
  const placed = useMemo(
    () => placeProblems(value, problems, `/${shown}`),
    [value, problems, shown],
  );
  const [reveal, setReveal] = useState<{ at: number }>();
  return (
    <>
      <div className={classes.code} data-pointer={`/${shown}`}>
        <CodeEditor
          handle={editor}
          label={t(`messages.body.${shown}`)}
          language={shown === 'amp' ? 'html' : shown}
          value={value}
          readOnly={readOnly || isMade}
          problems={placed}
          reveal={reveal}
          words={words}
          onChange={(next) => onChange(withBody(content, shown, next))}
          onFormatFailed={(reason) =>
            notifications.show({ color: 'red', message: t('messages.code.noFormat', { reason }) })
          }
        />
      </div>
      <ProblemList problems={placed} onChoose={({ from }) => setReveal({ at: from })} />
    </>
  );
}
