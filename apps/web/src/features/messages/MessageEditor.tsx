import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import type { Message } from '@perennial/contracts';
import { ChannelIcon, Page, PageHeader, SplitView, StatusBadge } from '@perennial/ui';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { EditableTitle } from '../../app/EditableTitle.tsx';
import { errorAt } from '../../app/form-problem.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useKeepUnsaved } from '../../app/use-keep-unsaved.ts';
import { SendingFields } from '../sending/SendingFields.tsx';
import { CategoriesField } from './CategoriesField.tsx';
import { ChecksButton } from './checks/ChecksButton.tsx';
import { ContentForm } from './ContentForm.tsx';
import { EmailForm } from './EmailForm.tsx';
import { LanguageBar } from './LanguageBar.tsx';
import { changeBetween, draftOf, withContent, type MessageDraft } from './message-draft.ts';
import type { MessageContent } from './message.ts';
import { PersonalisationFields } from './personalisation/PersonalisationFields.tsx';
import { MessageMenu } from './library/MessageMenu.tsx';
import { PreviewPane } from './preview/PreviewPane.tsx';
import { TestSend } from './TestSend.tsx';
import { ToLibrary } from './ToLibrary.tsx';
import classes from './MessageEditor.module.css';

/** Writes a message: form at the start, preview at the end, one version for each language. */
export function MessageEditor({ message }: { message: Message }) {
  const t = useText();
  const mayWrite = useRight('messages.write');
  const maySend = useRight('messages.send');
  const [draft, setDraft] = useState<MessageDraft>(() => draftOf(message));
  const [language, setLanguage] = useState(message.default_language);
  const [contact, setContact] = useState<string | null>(null);
  const [testing, setTesting] = useState(false);
  const save = useChange<Partial<MessageDraft>, Message>(
    (api, change) => api.patch(`/messages/${message.id}`, change),
    ['/messages'],
  );
  const change = changeBetween(draftOf(message), draft);
  useKeepUnsaved(change !== null, t('messages.leave'));
  const saveNow = () => {
    if (!change || save.isPending) return;
    save.mutate(change, {
      onSuccess: () => notifications.show({ message: t('messages.savedToast') }),
    });
  };
  useHotkeys([['mod+S', saveNow]], []);

  const content = draft.content[language] ?? {};
  const setContent = (next: MessageContent) => setDraft((now) => withContent(now, language, next));
  const Form = message.channel === 'email' ? EmailForm : ContentForm;
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
              <span className={classes.state} data-error={save.error ? true : undefined}>
                {stateOf()}
              </span>
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
      <SplitView
        name="message"
        width={560}
        tabs={{ main: t('messages.write'), side: t('messages.preview') }}
        side={
          <PreviewPane
            messageId={message.id}
            channel={message.channel}
            language={language}
            content={content}
            personalisation={draft.personalisation}
            contact={contact}
            onContact={setContact}
          />
        }
      >
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
        <LanguageBar
          draft={draft}
          language={language}
          readOnly={!mayWrite}
          onLanguage={setLanguage}
          onDraft={setDraft}
        />
        <Form
          key={language}
          channel={message.channel}
          content={content}
          onChange={setContent}
          readOnly={!mayWrite}
          errorAt={(pointer) => errorAt(save.error, `/content/${language}${pointer}`)}
        />
      </SplitView>
      {testing ? (
        <TestSend
          message={message}
          language={language}
          contact={contact}
          unsaved={change !== null}
          onClose={() => setTesting(false)}
        />
      ) : null}
    </Page>
  );

  function stateOf(): string {
    if (!mayWrite) return t('messages.readOnly');
    if (save.isPending) return t('messages.saving');
    if (save.error) return t('messages.saveFailed', { reason: problemWords(save.error, t).detail });
    return t(change ? 'messages.unsaved' : 'messages.saved');
  }
}
