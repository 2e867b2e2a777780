import { channels, isChannelKey } from '@perennial/channels';
import { CodeEditor, fieldsOf, SchemaForm, type FormField, type ObjectSchema } from '@perennial/ui';
import { useMemo } from 'react';
import { z } from 'zod';
import { catalogue, type TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import type { ContentFormProps } from './content-form-props.ts';
import type { MessageContent } from './message.ts';
import { useTemplateWords } from './use-template-words.ts';
import classes from './MessageEditor.module.css';

/** The form of any channel, made from the schema of its content. */
export function ContentForm(props: ContentFormProps) {
  const { channel, content, onChange, readOnly, errorAt, eventParameters } = props;
  const t = useText();
  const words = useTemplateWords(eventParameters);
  const fields = useMemo(() => contentFields(channel), [channel]);
  const plain = fields.filter((field) => field.name !== 'html');
  const hasHtml = plain.length < fields.length;
  const named = (path: string, part: '' | '.hint'): string | undefined => {
    const id = `messages.field.${path}${part}`;
    return Object.hasOwn(catalogue, id) ? t(id as TextId) : undefined;
  };
  return (
    <div className={classes.form}>
      <div className={hasHtml ? undefined : classes.narrow}>
        <SchemaForm
          fields={plain}
          value={content}
          onChange={(next) => onChange(next as MessageContent)}
          readOnly={readOnly}
          liquid
          labelOf={(path) => named(path, '') ?? path}
          hintOf={(path) => named(path, '.hint')}
          errorAt={errorAt}
        />
        {hasHtml ? (
          <>
            <div className={classes.htmlLabel}>{t('messages.field.html')}</div>
            <div className={classes.htmlField} data-pointer="/html">
              <CodeEditor
                label={t('messages.field.html')}
                language="html"
                value={typeof content.html === 'string' ? content.html : ''}
                readOnly={readOnly}
                words={words}
                onChange={(html) => onChange({ ...content, html })}
              />
            </div>
          </>
        ) : null}
      </div>
    </div>
  );
}

function contentFields(channel: string): FormField[] {
  if (!isChannelKey(channel)) return [];
  const schema = z.toJSONSchema(channels[channel].content, { io: 'input', unrepresentable: 'any' });
  return fieldsOf(schema as ObjectSchema);
}
