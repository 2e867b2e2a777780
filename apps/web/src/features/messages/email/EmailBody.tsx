import { Button, SegmentedControl } from '@mantine/core';
import type { CodeEditorHandle } from '@perennial/ui';
import { useRef, useState, type ReactNode } from 'react';
import { useText } from '../../../app/text.tsx';
import type { ContentFormProps } from '../content-form-props.ts';
import { BodyCode } from './BodyCode.tsx';
import { useBodyKind, withoutText } from './body-kind.ts';
import { CodeTools } from './CodeTools.tsx';
import classes from './EmailBody.module.css';

interface EmailBodyProps extends Omit<ContentFormProps, 'channel' | 'errorAt' | 'settings'> {
  /** Shown in turn with the body, where they do not fit beside each other. */
  envelope: ReactNode | null;
}

/** The body as code: MJML or HTML, and the plain text, made of it or written by hand. */
export function EmailBody({ envelope, ...props }: EmailBodyProps) {
  const { content, readOnly, onChange } = props;
  const t = useText();
  const editor = useRef<CodeEditorHandle>(null);
  const { shown, choose } = useBodyKind(content, onChange);
  const [turned, setTurned] = useState(false);
  const isAway = turned && envelope !== null;
  const isMade = shown === 'text' && content.text === undefined;
  return (
    <div className={classes.body}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('messages.part.label')}
          value={isAway ? 'envelope' : shown}
          onChange={(part) => {
            setTurned(part === 'envelope');
            if (part !== 'envelope') choose(part);
          }}
          data={[
            ...(envelope === null
              ? []
              : [{ value: 'envelope' as const, label: t('messages.part.envelope') }]),
            { value: 'mjml', label: t('messages.body.mjml'), disabled: isOther('mjml') },
            { value: 'html', label: t('messages.body.html'), disabled: isOther('html') },
            { value: 'text', label: t('messages.body.text') },
            { value: 'amp', label: t('messages.body.amp') },
          ]}
        />
        {isAway ? null : <CodeTools editor={editor} mayFormat={shown !== 'text' && !readOnly} />}
      </div>
      {isAway ? <div className={classes.envelope}>{envelope}</div> : null}
      {/* It stays there, with its cursor and what can be undone. */}
      <div className={classes.side} hidden={isAway}>
        {shown === 'text' ? <TextNote {...props} isMade={isMade} /> : null}
        {shown === 'amp' ? <p className={classes.note}>{t('messages.body.ampNote')}</p> : null}
        <BodyCode key={`${shown} ${isMade}`} {...props} {...{ shown, isMade, editor }} />
      </div>
    </div>
  );

  /** Who may not write cannot begin another body. */
  function isOther(kind: 'mjml' | 'html'): boolean {
    return readOnly && content[kind] === undefined;
  }
}

type TextNoteProps = Omit<EmailBodyProps, 'envelope'> & { isMade: boolean };

/** Where the plain text comes from, and the way to the other. */
function TextNote({ isMade, content, readOnly, onChange, madeText }: TextNoteProps) {
  const t = useText();
  const next = isMade ? { ...content, text: madeText ?? '' } : withoutText(content);
  return (
    <p className={classes.note}>
      {t(isMade ? 'messages.body.textMade' : 'messages.body.textByHand')}
      {readOnly ? null : (
        <Button size="xs" variant="default" onClick={() => onChange(next)}>
          {t(isMade ? 'messages.body.takeOver' : 'messages.body.makeAgain')}
        </Button>
      )}
    </p>
  );
}
