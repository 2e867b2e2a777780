import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { Snippet } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';

/** A secret, this once. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.secret.title')}
      size={560}
      closeOnClickOutside={false}
    >
      <Stack gap={14}>
        <Alert variant="light" color="yellow" icon={<IconAlertTriangle size={16} />}>
          {t('webhooks.secret.detail')}
        </Alert>
        <Snippet code={secret} wrap />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('webhooks.secret.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
