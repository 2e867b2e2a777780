import type { Message } from '@perennial/contracts';
import { Alert, Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useSession } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import type { EventParams } from './preview/event/event-choice.ts';
import { subjectsOf } from './subjects/subject-list.ts';

interface TestSendProps {
  message: Message;
  language: string;
  contact: string | null;
  /** Parameters of the event that it is filled in with. */
  event?: EventParams | undefined;
  unsaved: boolean;
  onClose: () => void;
}

interface TestResult {
  send: string;
  delivery: string;
}

/** Sends the saved version to one address, filled with a contact's data. */
export function TestSend({ message, language, contact, event, unsaved, onClose }: TestSendProps) {
  const t = useText();
  const to = useTo();
  const { user } = useSession();
  const [address, setAddress] = useState(message.channel === 'email' ? user.email : '');
  const subjects = subjectsOf(message.content[language] ?? {});
  const [subject, setSubject] = useState('0');
  const send = useChange<string, TestResult>(
    (api, target) =>
      api.post(`/messages/${message.id}/test`, {
        to: target,
        language,
        event,
        ...(subjects.length > 1 ? { subject: Number(subject) } : {}),
        ...(contact ? { contact } : {}),
      }),
    ['/deliveries'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(address.trim());
  };
  return (
    <Modal opened onClose={onClose} title={t('messages.test.title')}>
      <form onSubmit={submit}>
        {unsaved ? (
          <Alert variant="light" color="yellow" icon={<IconInfoCircle size={16} />} mb="md">
            {t('messages.test.unsaved')}
          </Alert>
        ) : null}
        <TextInput
          data-autofocus
          label={t('messages.test.to')}
          description={t('messages.test.toHint')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          error={send.error ? problemWords(send.error, t).detail : null}
        />
        {subjects.length > 1 ? (
          <Select
            mt="md"
            label={t('subjects.test')}
            data={subjects.map((text, i) => ({ value: String(i), label: `${i + 1}. ${text}` }))}
            value={subject}
            allowDeselect={false}
            onChange={(value) => setSubject(value ?? '0')}
          />
        ) : null}
        {send.data ? (
          <Alert variant="light" icon={<IconCircleCheck size={16} />} mt="md">
            {t('messages.test.sent')}{' '}
            <Link to={to(`outbox?open=${send.data.delivery}`)}>{t('messages.test.look')}</Link>
          </Alert>
        ) : null}
        <Group justify="flex-end" mt="xl">
          <Button variant="default" onClick={onClose}>
            {t('app.close')}
          </Button>
          <Button type="submit" disabled={address.trim() === ''} loading={send.isPending}>
            {t('messages.test.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
