import { Button, Group, Modal } from '@mantine/core';
import { Snippet } from '@perennial/ui';
import { useText } from '../../app/text.tsx';

interface LinkDialogProps {
  /** Null: the person has a password already and needs none. */
  link: string | null;
  email: string;
  onClose: () => void;
}

/** A one-time link to hand to somebody. */
export function LinkDialog({ link, email, onClose }: LinkDialogProps) {
  const t = useText();
  return (
    <Modal opened onClose={onClose} title={t('settings.users.link.title')} size={560}>
      {link ? (
        <>
          <p style={{ marginBlockStart: 0 }}>{t('settings.users.link.detail')}</p>
          <Snippet code={link} wrap />
        </>
      ) : (
        t('settings.users.link.none', { email })
      )}
      <Group justify="flex-end" mt="xl">
        <Button onClick={onClose}>{t('app.close')}</Button>
      </Group>
    </Modal>
  );
}
