import { Alert, Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Workflow } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { ContactSelect } from '../contacts/ContactSelect.tsx';

interface StartByHandProps {
  workflow: Workflow;
  onClose: () => void;
}

/** Starts the workflow for one contact, now; the usual checks decide whether a run begins. */
export function StartByHand({ workflow, onClose }: StartByHandProps) {
  const t = useText();
  const [contact, setContact] = useState<string | null>(null);
  const start = useChange(
    (api, id: string) => api.post(`/workflows/${workflow.id}/start`, { contacts: [id] }),
    ['/workflows'],
  );
  const go = () => {
    if (contact === null) return;
    start.mutate(contact, {
      onSuccess: () => {
        notifications.show({ message: t('workflows.byHand.done') });
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('workflows.byHand.title', { name: workflow.name })}>
      <p style={{ marginBlockStart: 0 }}>{t('workflows.byHand.detail')}</p>
      <ContactSelect
        size="sm"
        label={t('workflows.runs.column.contact')}
        placeholder={t('workflows.byHand.find')}
        value={contact}
        onChange={setContact}
      />
      {start.error ? (
        <Alert color="red" variant="light" mt="md">
          {problemWords(start.error, t).detail}
        </Alert>
      ) : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button disabled={contact === null} loading={start.isPending} onClick={go}>
          {t('workflows.byHand.go')}
        </Button>
      </Group>
    </Modal>
  );
}
