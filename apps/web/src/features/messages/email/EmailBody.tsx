import { Button, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TemplateProblemView } from '@perennial/contracts';
import { CodeEditor, type CodeEditorHandle } from '@perennial/ui';
import { useMemo, useRef, useState } from 'react';
import { useText } from '../../../app/text.tsx';
import type { MessageContent } from '../message.ts';
import { useTemplateWords } from '../use-template-words.ts';
import { bodyText, useBodyKind, withoutText, type BodyKind } from './body-kind.ts';
import { CodeTools } from './CodeTools.tsx';
import { placeProblems, type PlacedProblem } from './place-problems.ts';
import { ProblemList } from './ProblemList.tsx';
import classes from './EmailBody.module.css';

interface EmailBodyProps {
  content: MessageContent;
  readOnly: boolean;
  onChange: (content: MessageContent) => void;
  /** What the server says of the draft. */
  problems: readonly TemplateProblemView[];
  /** The plain text as it is made of the HTML, with its Liquid. */
  madeText: string | null;
}

/** The body as code: MJML or HTML, and the plain text, made of it or written by hand. */
export function EmailBody(props: EmailBodyProps) {
  const { content, readOnly, onChange, madeText } = props;
  const t = useText();
  const editor = useRef<CodeEditorHandle>(null);
  const { shown, choose } = useBodyKind(content, onChange);
  const isMade = shown === 'text' && content.text === undefined;
  return (
    <div className={classes.body}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('messages.body.label')}
          value={shown}
          onChange={(kind) => choose(kind)}
          data={[
            { value: 'mjml', label: t('messages.body.mjml'), disabled: isOther('mjml') },
            { value: 'html', label: t('messages.body.html'), disabled: isOther('html') },
            { value: 'text', label: t('messages.body.text') },
          ]}
        />
        <CodeTools editor={editor} mayFormat={shown !== 'text' && !readOnly} />
      </div>
      {shown === 'text' ? (
        <p className={classes.note}>
          {t(isMade ? 'messages.body.textMade' : 'messages.body.textByHand')}
          {readOnly ? null : isMade ? (
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange({ ...content, text: madeText ?? '' })}
            >
              {t('messages.body.takeOver')}
            </Button>
          ) : (
            <Button size="xs" variant="default" onClick={() => onChange(withoutText(content))}>
              {t('messages.body.makeAgain')}
            </Button>
          )}
        </p>
      ) : null}
      <Code key={`${shown} ${isMade}`} {...props} {...{ shown, isMade, editor }} />
    </div>
  );

  /** Who may not write cannot begin another body. */
  function isOther(kind: 'mjml' | 'html'): boolean {
    return readOnly && content[kind] === undefined;
  }
}

interface CodeProps extends EmailBodyProps {
  shown: BodyKind;
  /** The text that is made of the HTML: to be read. */
  isMade: boolean;
  editor: React.RefObject<CodeEditorHandle | null>;
}

function Code({ shown, isMade, editor, content, readOnly, problems, ...props }: CodeProps) {
  const t = useText();
  const words = useTemplateWords();
  const value = isMade ? (props.madeText ?? '') : bodyText(content[shown]);
  const placed = useMemo(
    () => placeProblems(value, problems, `/${shown}`),
    [value, problems, shown],
  );
  const [reveal, setReveal] = useState<{ at: number }>();
  const goTo = ({ from }: PlacedProblem) => setReveal({ at: from });
  return (
    <>
      <div className={classes.code}>
        <CodeEditor
          ref={editor}
          label={t(`messages.body.${shown}`)}
          language={shown}
          value={value}
          readOnly={readOnly || isMade}
          problems={placed}
          reveal={reveal}
          words={words}
          onChange={(next) => props.onChange({ ...content, [shown]: next })}
          onFormatFailed={(reason) =>
            notifications.show({ color: 'red', message: t('messages.code.noFormat', { reason }) })
          }
        />
      </div>
      <ProblemList problems={placed} onChoose={goTo} />
    </>
  );
}
