import { SkeletonBlock } from '@perennial/ui';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import { ContactSelect } from '../../contacts/ContactSelect.tsx';
import type { MessageContent } from '../message.ts';
import { FoundFiles } from '../attachments/FoundFiles.tsx';
import { SubjectStepper } from '../subjects/SubjectStepper.tsx';
import { ChannelPreview } from './ChannelPreview.tsx';
import { DeviceFrame } from './email/DeviceFrame.tsx';
import { EmailPreview } from './email/EmailPreview.tsx';
import { DraftProblems } from './DraftProblems.tsx';
import { EventButton } from './event/EventButton.tsx';
import type { usePreviewEvent } from './event/use-preview-event.ts';
import { ProblemsAlert } from './ProblemsAlert.tsx';
import { useLastGood } from './use-last-good.ts';
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
        <ProblemsAlert
          problems={[{ message: problemWords(preview.error, t).detail }, ...preview.error.errors]}
        />
      ) : null}
      <DraftProblems channel={channel} problems={preview.data?.problems ?? []} shown={content} />
      {content ? <FoundFiles content={content} /> : null}
      <div className={classes.stage} data-stale={isStale || undefined}>
        {preview.isPending ? <SkeletonBlock height="100%" /> : null}
        {content ? <Rendered channel={channel} content={content} /> : null}
      </div>
    </section>
  );
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
