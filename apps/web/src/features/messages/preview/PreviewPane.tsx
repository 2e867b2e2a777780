import { Alert } from '@mantine/core';
import { Snippet, SkeletonBlock } from '@perennial/ui';
import type { MessagePreview } from '@perennial/contracts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import { ContactSelect } from '../../contacts/ContactSelect.tsx';
import type { MessageContent } from '../message.ts';
import { FoundFiles } from '../attachments/FoundFiles.tsx';
import { SubjectStepper } from '../subjects/SubjectStepper.tsx';
import { ChannelPreview } from './ChannelPreview.tsx';
import { DeviceFrame } from './email/DeviceFrame.tsx';
import { EmailPreview } from './email/EmailPreview.tsx';
import { EventButton } from './event/EventButton.tsx';
import type { usePreviewEvent } from './event/use-preview-event.ts';
import type { usePreview } from './use-preview.ts';
import { word } from './word.ts';
import classes from './PreviewPane.module.css';

interface PreviewPaneProps {
  channel: string;
  preview: ReturnType<typeof usePreview>;
  contact: string | null;
  onContact: (contact: string | null) => void;
  event: ReturnType<typeof usePreviewEvent>;
  /** Which of several subjects is shown. */
  subjects: { shown: number; count: number; onShow: (subject: number) => void };
}

/** The draft as one contact would get it. */
export function PreviewPane(props: PreviewPaneProps) {
  const { channel, preview, contact, onContact, event, subjects } = props;
  const t = useText();
  const content = useLastGood(preview.data);
  const isStale = preview.isFetching || content !== preview.data?.content;
  return (
    <section className={classes.pane} aria-label={t('messages.preview')}>
      <div className={classes.bar}>
        <ContactSelect
          label={t('messages.preview.as')}
          placeholder={t('messages.preview.asNobody')}
          value={contact}
          onChange={onContact}
        />
        <EventButton event={event} contact={contact} />
        {subjects.count > 1 ? <SubjectStepper {...subjects} /> : null}
      </div>
      {preview.error ? (
        <Problems
          problems={[{ message: problemWords(preview.error, t).detail }, ...preview.error.errors]}
        />
      ) : null}
      {preview.data ? <Problems problems={preview.data.problems} /> : null}
      {content ? <FoundFiles content={content} /> : null}
      <div className={classes.stage} data-stale={isStale || undefined}>
        {preview.isPending ? <SkeletonBlock height="100%" /> : null}
        {content ? <Rendered channel={channel} content={content} /> : null}
      </div>
    </section>
  );
}

/**
 * What is shown while the template cannot be read: as it was before the mistake, so that the
 * picture does not come and go with every half-typed tag. Who would not get the message sees none.
 */
function useLastGood(data: MessagePreview | undefined): MessageContent | null {
  const [good, setGood] = useState<MessageContent | null>(null);
  const content = data?.content ?? null;
  if (content && content !== good) setGood(content);
  const isMistake = data?.problems.some(({ kind }) => kind === 'template') ?? false;
  return content ?? (isMistake ? good : null);
}

function Rendered({ channel, content }: { channel: string; content: MessageContent }) {
  const t = useText();
  if (channel === 'email') return <EmailPreview content={content} />;
  if (channel === 'in_app' && word(content.html)) {
    const title = t('messages.preview');
    return <DeviceFrame device="phone" html={word(content.html)} title={title} scheme="light" />;
  }
  return (
    <div className={classes.card}>
      <ChannelPreview channel={channel} content={content} />
    </div>
  );
}

interface ShownProblem {
  message: string;
  excerpt?: string | null;
  kind?: 'template' | 'missing' | 'fetch';
}

function Problems({ problems }: { problems: readonly ShownProblem[] }) {
  const t = useText();
  const [first] = problems;
  if (!first) return null;
  // Nothing is wrong with the message: it does what it was told to.
  const outcome = first.kind === 'missing' || first.kind === 'fetch' ? first.kind : null;
  return (
    <Alert
      className={classes.problems ?? ''}
      color={outcome ? 'yellow' : 'red'}
      variant="light"
      icon={<IconAlertTriangle size={16} />}
      title={t(outcome ? `messages.personalisation.preview.${outcome}` : 'messages.preview.failed')}
    >
      {problems.map((problem, index) => (
        <div key={index}>
          {problem.message}
          {problem.excerpt ? <Snippet code={problem.excerpt} wrap /> : null}
        </div>
      ))}
    </Alert>
  );
}
