import { Alert, Button, Group, Modal } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useChange } from '../../app/data.ts';
import { saveFile } from '../../app/save-file.ts';
import { useText } from '../../app/text.tsx';

interface DownloadContactProps {
  contact: ContactCard;
  onClose: () => void;
}

/** Everything about a person as one file, for the person who asks. */
export function DownloadContact({ contact, onClose }: DownloadContactProps) {
  const t = useText();
  const name =
    [contact.first_name, contact.last_name].filter(Boolean).join(' ') ||
    t('app.contact.unnamed', { id: contact.id });
  const download = useChange(async (api) => {
    saveFile(await api.download(`/contacts/${contact.id}/export`), `contact-${contact.id}.json`);
  }, []);
  return (
    <Modal opened onClose={onClose} title={t('privacy.download.title', { name })}>
      <p style={{ marginBlockStart: 0 }}>{t('privacy.download.what')}</p>
      {download.error ? (
        <Alert color="red" variant="light">
          {t('privacy.download.failed')}
        </Alert>
      ) : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          data-autofocus
          leftSection={<IconDownload size={16} />}
          loading={download.isPending}
          onClick={() => download.mutate(undefined, { onSuccess: onClose })}
        >
          {t('privacy.download.go')}
        </Button>
      </Group>
    </Modal>
  );
}
