import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import type { ContentFormProps } from './content-form-props.ts';
import { EmailBody } from './email/EmailBody.tsx';
import type { MessageContent } from './message.ts';
import classes from './EmailForm.module.css';

const headerFields = [
  { name: 'subject', hint: null },
  { name: 'preheader', hint: 'messages.field.preheader.hint' },
  { name: 'from', hint: 'messages.field.from.hint' },
  { name: 'reply_to', hint: null },
] as const;

/**
 * An inspector with subject, sender and settings beside the body as code; where there is room for
 * one of them only, one at a time.
 */
export function EmailForm(props: ContentFormProps) {
  const { content, onChange, readOnly, errorAt, settings } = props;
  const t = useText();
  const [part, setPart] = useState<'envelope' | 'body'>('body');
  return (
    <div className={classes.email}>
      <div className={classes.parts}>
        <SegmentedControl
          fullWidth
          aria-label={t('messages.part.label')}
          value={part}
          onChange={setPart}
          data={[
            { value: 'envelope', label: t('messages.part.envelope') },
            { value: 'body', label: t('messages.part.body') },
          ]}
        />
      </div>
      <div className={classes.split}>
        <div className={classes.envelope} data-away={part !== 'envelope' || undefined}>
          <div className={classes.headerFields}>
            {headerFields.map(({ name, hint }) => (
              <TextInput
                key={name}
                label={t(`messages.field.${name}`)}
                description={hint ? t(hint) : undefined}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={text(content[name])}
                error={errorAt(`/${name}`)}
                readOnly={readOnly}
                dir="auto"
                onChange={(event) => onChange(withText(content, name, event.currentTarget.value))}
              />
            ))}
          </div>
          <div className={classes.settings}>{settings}</div>
        </div>
        <div className={classes.bodySide} data-away={part !== 'body' || undefined}>
          <EmailBody {...props} />
        </div>
      </div>
    </div>
  );
}

/** An emptied optional member is left out. */
function withText(content: MessageContent, name: string, value: string): MessageContent {
  if (value !== '' || name === 'subject') return { ...content, [name]: value };
  const { [name]: _gone, ...rest } = content;
  return rest;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
