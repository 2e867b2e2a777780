import { SkeletonBlock } from '@perennial/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
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
import { ProblemsAlert } from './ProblemsAlert.tsx';
import type { DraftPreview, DraftProblem, usePreview } from './use-preview.ts';
import { usePlaceName } from './use-place-name.ts';
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

/**
 * What is shown while the template cannot be read: as it was before the mistake, so that the
 * picture does not come and go with every half-typed tag. Who would not get the message sees none.
 */
function useLastGood(data: DraftPreview | undefined): MessageContent | null {
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

interface DraftProblemsProps {
  channel: string;
  problems: readonly DraftProblem[];
  shown: MessageContent | null;
}

/** What is not filled in yet says its own field. */
function DraftProblems({ channel, problems, shown }: DraftProblemsProps) {
  const t = useText();
  const mistakes = problems.filter(({ unfilled }) => !unfilled);
  const { formatList } = useIntl();
  const name = usePlaceName(channel);
  if (mistakes.length === 0 && problems.length > 0 && !shown) {
    const places = formatList(new Set(problems.flatMap((problem) => name(problem) ?? [])));
    return <p className={classes.unfilled}>{t('messages.preview.unfilled', { places })}</p>;
  }
  return (
    <ProblemsAlert problems={mistakes.map((problem) => ({ ...problem, place: name(problem) }))} />
  );
}
