import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { CodeEditor } from '@perennial/ui';
import { useRef, useState } from 'react';
import { useText } from '../../app/text.tsx';
import { AttachmentsField } from './attachments/AttachmentsField.tsx';
import type { ContentFormProps } from './content-form-props.ts';
import type { MessageContent } from './message.ts';
import { useLiquidFilters } from './personalisation/use-liquid-filters.ts';
import { SubjectsField } from './subjects/SubjectsField.tsx';
import { useVariables } from './use-variables.ts';
import classes from './MessageEditor.module.css';

const headerFields = [
  { name: 'preheader', hint: 'messages.field.preheader.hint', wide: true },
  { name: 'from', hint: 'messages.field.from.hint', wide: false },
  { name: 'reply_to', hint: null, wide: false },
] as const;

type BodyKind = 'mjml' | 'html' | 'text';

/** Subject and sender above, the body as MJML or HTML below, plain text if written by hand. */
export function EmailForm({ content, onChange, readOnly, errorAt }: ContentFormProps) {
  const t = useText();
  const source: 'mjml' | 'html' = typeof content.html === 'string' ? 'html' : 'mjml';
  const [shown, setShown] = useState<BodyKind>(source);
  const other = useRef<Partial<Record<BodyKind, string>>>({});

  /** Changing between MJML and HTML keeps both while the page is open; one of them is sent. */
  const choose = (kind: BodyKind) => {
    setShown(kind);
    if (kind === 'text' || kind === source) return;
    other.current[source] = text(content[source]);
    const { mjml: _mjml, html: _html, ...rest } = content;
    onChange({ ...rest, [kind]: other.current[kind] ?? emptyBodies[kind] });
  };
  return (
    <div className={classes.email}>
      <div className={classes.headerFields}>
        <SubjectsField {...{ content, onChange, readOnly, errorAt }} />
        {headerFields.map(({ name, hint, wide }) => (
          <TextInput
            key={name}
            className={wide ? (classes.wide ?? '') : ''}
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
        <AttachmentsField {...{ content, onChange, readOnly, errorAt }} />
      </div>
      <div className={classes.bodyBar}>
        <SegmentedControl
          aria-label={t('messages.body.label')}
          value={shown}
          readOnly={readOnly}
          onChange={(kind) => choose(kind)}
          data={[
            { value: 'mjml', label: t('messages.body.mjml') },
            { value: 'html', label: t('messages.body.html') },
            { value: 'text', label: t('messages.body.text') },
          ]}
        />
        {shown === 'text' ? (
          <Switch
            size="xs"
            label={t('messages.body.textOwn')}
            checked={content.text !== undefined}
            disabled={readOnly}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? { ...content, text: '' } : without(content, 'text'),
              )
            }
          />
        ) : null}
      </div>
      <Body shown={shown} content={content} readOnly={readOnly} onChange={onChange} />
    </div>
  );
}

/** What a body begins with when the other language was written first. */
const emptyBodies = {
  mjml: '<mjml>\n  <mj-body>\n  </mj-body>\n</mjml>\n',
  html: '<!doctype html>\n<html>\n  <body>\n  </body>\n</html>\n',
};

interface BodyProps {
  shown: BodyKind;
  content: ContentFormProps['content'];
  readOnly: boolean;
  onChange: ContentFormProps['onChange'];
}

function Body({ shown, content, readOnly, onChange }: BodyProps) {
  const t = useText();
  const variables = useVariables();
  const filters = useLiquidFilters();
  if (shown === 'text' && content.text === undefined) {
    return <div className={classes.form}>{t('messages.body.textMade')}</div>;
  }
  return (
    <div className={classes.code}>
      <CodeEditor
        key={shown}
        label={t(`messages.body.${shown}`)}
        language={shown === 'text' ? 'text' : 'html'}
        value={text(content[shown])}
        readOnly={readOnly}
        variables={variables}
        filters={filters}
        onChange={(value) => onChange({ ...content, [shown]: value })}
      />
    </div>
  );
}

/** An emptied optional member is left out. */
function withText(content: MessageContent, name: string, value: string): MessageContent {
  return value === '' ? without(content, name) : { ...content, [name]: value };
}

function without(content: MessageContent, name: string): MessageContent {
  const { [name]: _gone, ...rest } = content;
  return rest;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
