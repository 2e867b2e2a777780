import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import type { SenderDomain } from '@perennial/contracts';
import { useClipboard } from '@perennial/ui';
import { IconCheck, IconCopy, IconMail } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { administratorText } from './administrator-text.ts';
import classes from './SenderDomains.module.css';

interface AdministratorTextProps {
  domain: SenderDomain;
  onClose: () => void;
}

/** What to send to somebody else who has the key to DNS. */
export function AdministratorText({ domain, onClose }: AdministratorTextProps) {
  const t = useText();
  const { copied, copy } = useClipboard();
  const text = administratorText(domain, t);
  const subject = t('domains.letter.subject', { domain: domain.display });
  const mail = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
  return (
    <Modal opened onClose={onClose} title={t('domains.letter.title')} size="xl">
      <Stack gap={14}>
        <Textarea
          aria-label={t('domains.letter.title')}
          readOnly
          autosize
          maxRows={18}
          value={text}
          classNames={{ input: classes.letter ?? '' }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end">
          <Button component="a" href={mail} variant="default" leftSection={<IconMail size={16} />}>
            {t('domains.letter.mail')}
          </Button>
          <Button
            data-autofocus
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={() => void copy(text)}
          >
            {t(copied ? 'domains.records.copied' : 'domains.letter.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
