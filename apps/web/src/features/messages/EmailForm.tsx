import { useElementSize } from '@mantine/hooks';
import { LiquidInput } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { SenderPicker } from '../sender-domains/picker/SenderPicker.tsx';
import type { ContentFormProps } from './content-form-props.ts';
import { AttachmentsField } from './attachments/AttachmentsField.tsx';
import { EmailBody } from './email/EmailBody.tsx';
import type { MessageContent } from './message.ts';
import { SubjectsField } from './subjects/SubjectsField.tsx';
import classes from './EmailForm.module.css';

/** With less the code would be too narrow beside the inspector. */
const ROOM_FOR_BOTH = 860;

/**
 * An inspector with subject, sender and settings beside the body as code; where there is room for
 * one of them only, one at a time.
 */
export function EmailForm(props: ContentFormProps) {
  const { ref, width } = useElementSize();
  const isWide = width >= ROOM_FOR_BOTH;
  const envelope = <Envelope {...props} />;
  return (
    <div ref={ref} className={classes.email}>
      {isWide ? <div className={classes.inspector}>{envelope}</div> : null}
      <EmailBody {...props} envelope={isWide ? null : envelope} />
    </div>
  );
}

/** What stands around the body: of this language first, then of the whole message. */
function Envelope({ content, onChange, readOnly, errorAt, settings }: ContentFormProps) {
  const t = useText();
  return (
    <>
      <div className={classes.headerFields}>
        <SubjectsField {...{ content, onChange, readOnly, errorAt }} />
        <LiquidInput
          label={t('messages.field.preheader')}
          description={t('messages.field.preheader.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={text(content['preheader'])}
          error={errorAt('/preheader')}
          readOnly={readOnly}
          dir="auto"
          onChange={(event) => onChange(withText(content, 'preheader', event.currentTarget.value))}
        />
        <SenderPicker
          label={t('messages.field.from')}
          value={text(content['from'])}
          error={errorAt('/from')}
          readOnly={readOnly}
          onChange={(from) => onChange(withText(content, 'from', from))}
        />
        <LiquidInput
          label={t('messages.field.reply_to')}
          value={text(content['reply_to'])}
          error={errorAt('/reply_to')}
          readOnly={readOnly}
          dir="auto"
          onChange={(event) => onChange(withText(content, 'reply_to', event.currentTarget.value))}
        />
        <AttachmentsField {...{ content, onChange, readOnly, errorAt }} />
      </div>
      <div className={classes.settings}>{settings}</div>
    </>
  );
}

/** An emptied optional member is left out. */
function withText(content: MessageContent, name: string, value: string): MessageContent {
  if (value !== '') return { ...content, [name]: value };
  const { [name]: _gone, ...rest } = content;
  return rest;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
