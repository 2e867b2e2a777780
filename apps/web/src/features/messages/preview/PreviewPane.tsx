import { Alert, SegmentedControl, Switch } from '@mantine/core';
import { Snippet, SkeletonBlock } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import { ContactSelect } from '../../contacts/ContactSelect.tsx';
import type { Personalisation } from '@perennial/contracts';
import type { MessageContent } from '../message.ts';
import { FoundFiles } from '../attachments/FoundFiles.tsx';
import { subjectsOf } from '../subjects/subject-list.ts';
import { SubjectStepper } from '../subjects/SubjectStepper.tsx';
import { ChannelPreview } from './ChannelPreview.tsx';
import { HtmlFrame } from './HtmlFrame.tsx';
import { usePreview } from './use-preview.ts';
import classes from './PreviewPane.module.css';

interface PreviewPaneProps {
  messageId: string;
  channel: string;
  language: string;
  content: MessageContent;
  personalisation: Personalisation;
  contact: string | null;
  onContact: (contact: string | null) => void;
}

/** The draft as one contact would get it. */
export function PreviewPane(props: PreviewPaneProps) {
  const { channel, contact, onContact } = props;
  const t = useText();
  const count = subjectsOf(props.content).length;
  const [chosen, setSubject] = useState(0);
  const subject = Math.min(chosen, count - 1);
  const preview = usePreview({ ...props, subject });
  const [width, setWidth] = useState('desktop');
  const [dark, setDark] = useState(false);
  const hasPage = channel === 'email' || channel === 'in_app';
  return (
    <section className={classes.pane} aria-label={t('messages.preview')}>
      <div className={classes.bar}>
        <ContactSelect
          label={t('messages.preview.as')}
          placeholder={t('messages.preview.asNobody')}
          value={contact}
          onChange={onContact}
        />
        {hasPage ? (
          <>
            <SegmentedControl
              value={width}
              onChange={setWidth}
              data={[
                { value: 'desktop', label: t('messages.preview.desktop') },
                { value: 'phone', label: t('messages.preview.phone') },
              ]}
            />
            <Switch
              size="xs"
              label={t('messages.preview.dark')}
              checked={dark}
              onChange={(event) => setDark(event.currentTarget.checked)}
            />
          </>
        ) : null}
        {count > 1 ? <SubjectStepper shown={subject} count={count} onShow={setSubject} /> : null}
      </div>
      {preview.error ? (
        <Problems
          problems={[{ message: problemWords(preview.error, t).detail }, ...preview.error.errors]}
        />
      ) : null}
      {preview.data ? <Problems problems={preview.data.problems} /> : null}
      <div className={classes.stage} data-stale={preview.isFetching || undefined}>
        {preview.isPending ? <SkeletonBlock height="100%" /> : null}
        {preview.data?.content ? (
          <Rendered
            channel={channel}
            content={preview.data.content}
            phone={width === 'phone'}
            dark={dark}
          />
        ) : null}
      </div>
    </section>
  );
}

interface RenderedProps {
  channel: string;
  content: MessageContent;
  phone: boolean;
  dark: boolean;
}

function Rendered({ channel, content, phone, dark }: RenderedProps) {
  const t = useText();
  if (channel !== 'email' && channel !== 'in_app') {
    return (
      <div className={classes.card}>
        <ChannelPreview channel={channel} content={content} />
      </div>
    );
  }
  const subject = word(content.subject);
  return (
    <div className={classes.device} data-phone={phone || undefined}>
      {channel === 'email' ? (
        <div className={classes.subjectLine} dir="auto">
          <strong>{subject || t('messages.preview.noSubject')}</strong>
          {word(content.preheader) ? <span> {word(content.preheader)}</span> : null}
        </div>
      ) : null}
      <FoundFiles content={content} />
      <HtmlFrame html={word(content.html)} title={subject} dark={dark} />
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

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
