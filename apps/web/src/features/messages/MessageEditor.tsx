import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { Message } from '@perennial/contracts';
import { ChannelIcon, Page, PageHeader, SplitView, StatusBadge } from '@perennial/ui';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { EditableTitle } from '../../app/EditableTitle.tsx';
import { errorAt } from '../../app/form-problem.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { SendingFields } from '../sending/SendingFields.tsx';
import { CategoriesField } from './CategoriesField.tsx';
import { ChecksButton } from './checks/ChecksButton.tsx';
import { ContentForm } from './ContentForm.tsx';
import { DraftNotices } from './draft/DraftNotices.tsx';
import { bytesOf } from './email/html-size.ts';
import { EmailStatus } from './email/EmailStatus.tsx';
import { EmailForm } from './EmailForm.tsx';
import { LanguageBar } from './LanguageBar.tsx';
import { withContent } from './message-draft.ts';
import type { MessageContent } from './message.ts';
import { PersonalisationFields } from './personalisation/PersonalisationFields.tsx';
import { MessageMenu } from './library/MessageMenu.tsx';
import { PreviewPane } from './preview/PreviewPane.tsx';
import { useEventParameters } from './preview/event/use-event-parameters.ts';
import { usePreviewEvent } from './preview/event/use-preview-event.ts';
import { usePreview, type DraftProblem } from './preview/use-preview.ts';
import { subjectsOf } from './subjects/subject-list.ts';
import { StatusLine } from './StatusLine.tsx';
import { TestSend } from './TestSend.tsx';
import { ToLibrary } from './ToLibrary.tsx';
import { useNotSaved } from './use-not-saved.ts';
import { useShownProblems } from './use-shown-problems.ts';
import { useMessageDraft } from './draft/use-message-draft.ts';
import classes from './MessageEditor.module.css';

function countMistakes(problems: readonly DraftProblem[]): number {
  return problems.filter(({ kind }) => kind === 'template').length;
}

const noProblems: readonly DraftProblem[] = [];

/** Writes a message: form at the start, preview at the end, one version for each language. */
export function MessageEditor({ message }: { message: Message }) {
  const t = useText();
  const notSaved = useNotSaved(message.channel);
  const mayWrite = useRight('messages.write');
  const maySend = useRight('messages.send');
  const editing = useMessageDraft(message);
  const { draft, setDraft, change, save, saveNow } = editing;
  const [language, setLanguage] = useState(message.default_language);
  const [contact, setContact] = useState<string | null>(null);
  const [testing, setTesting] = useState(false);
  // In the code editor, too.
  useHotkeys([['mod+S', saveNow]], [], true);

  const content = draft.content[language] ?? {};
  const setContent = (next: MessageContent) => setDraft((now) => withContent(now, language, next));
  const [chosenSubject, setSubject] = useState(0);
  const subjects = subjectsOf(content).length;
  const subject = Math.min(chosenSubject, subjects - 1);
  const event = usePreviewEvent(message.id, contact);
  const preview = usePreview({
    messageId: message.id,
    language,
    content,
    personalisation: draft.personalisation,
    contact,
    event: event.params,
    subject,
  });
  const eventParameters = useEventParameters(event.choice.type, event.params);
  // Of what was changed since then the preview knows more.
  const tried = save.variables?.content ?? draft.content;
  const refused = tried === draft.content ? save.error : null;
  const { shown: problems, watch } = useShownProblems({
    language,
    problems: preview.data?.problems ?? noProblems,
    tried: refused !== null,
  });
  const isEmail = message.channel === 'email';
  const Form = isEmail ? EmailForm : ContentForm;
  const settings = (
    <>
      <CategoriesField
        value={draft.categories}
        readOnly={!mayWrite}
        onChange={(categories) => setDraft({ ...draft, categories })}
      />
      <SendingFields
        channel={message.channel}
        value={draft.sending}
        readOnly={!mayWrite}
        onChange={(sending) => setDraft({ ...draft, sending })}
      />
      <PersonalisationFields
        value={draft.personalisation}
        content={draft.content}
        language={language}
        defaultLanguage={draft.default_language}
        readOnly={!mayWrite}
        onChange={(personalisation) => setDraft({ ...draft, personalisation })}
      />
    </>
  );
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          back={<ToLibrary />}
          leading={
            <span className={classes.channel}>
              <ChannelIcon channel={message.channel} size={20} />
            </span>
          }
          title={
            <EditableTitle
              label={t('messages.rename')}
              value={draft.name}
              readOnly={!mayWrite}
              onChange={(name) => setDraft({ ...draft, name })}
            />
          }
          status={
            message.template ? (
              <StatusBadge tone="neutral">{t('library.template')}</StatusBadge>
            ) : null
          }
          actions={
            <>
              <ChecksButton {...{ message, draft, language }} unsaved={change !== null} />
              {maySend ? (
                <Button
                  variant="default"
                  leftSection={<IconSend size={16} />}
                  onClick={() => setTesting(true)}
                >
                  {t('messages.test')}
                </Button>
              ) : null}
              {mayWrite ? <MessageMenu message={message} large /> : null}
              {mayWrite ? (
                <Button disabled={!change} loading={save.isPending} onClick={saveNow}>
                  {t('messages.save')}
                </Button>
              ) : null}
            </>
          }
        />
      }
    >
      <DraftNotices messageId={message.id} editing={editing} />
      <SplitView
        name="message"
        width={560}
        tabs={{ main: t('messages.write'), side: t('messages.preview') }}
        side={
          <PreviewPane
            key={language}
            channel={message.channel}
            preview={preview}
            contact={contact}
            onContact={setContact}
            event={event}
            subjects={{ shown: subject, count: subjects, onShow: setSubject }}
          />
        }
      >
        {isEmail ? null : settings}
        <LanguageBar
          draft={draft}
          language={language}
          readOnly={!mayWrite}
          onLanguage={setLanguage}
          onDraft={setDraft}
        />
        <div className={classes.watched} {...watch}>
          <Form
            key={language}
            channel={message.channel}
            content={content}
            onChange={setContent}
            readOnly={!mayWrite}
            errorAt={(pointer) =>
              errorAt(refused, `/content/${language}${pointer}`) ??
              problems.find(({ path }) => path === pointer)?.message
            }
            problems={problems}
            madeText={preview.data?.made_text ?? null}
            eventParameters={eventParameters}
            settings={settings}
          />
        </div>
      </SplitView>
      <StatusLine state={stateOf()} bad={Boolean(refused)}>
        {isEmail ? (
          <EmailStatus
            bytes={bytesOf(preview.data?.content?.html)}
            problems={preview.data ? countMistakes(problems) : null}
          />
        ) : null}
      </StatusLine>
      {testing ? (
        <TestSend
          message={message}
          language={language}
          contact={contact}
          event={event.params}
          unsaved={change !== null}
          onClose={() => setTesting(false)}
        />
      ) : null}
    </Page>
  );

  function stateOf(): string {
    if (!mayWrite) return t('messages.readOnly');
    if (save.isPending) return t('messages.saving');
    if (refused) return notSaved(refused, language);
    if (!editing.kept.fits) return t('messages.draft.noRoom');
    return t(change ? 'messages.unsaved' : 'messages.saved');
  }
}
