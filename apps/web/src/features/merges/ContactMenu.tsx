import { ActionIcon, Menu } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { IconArrowsJoin, IconDotsVertical, IconId } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { ReplaceExternalId } from './ReplaceExternalId.tsx';

/** What may be done with who a contact is. */
export function ContactMenu({ contact }: { contact: ContactCard }) {
  const t = useText();
  const [open, setOpen] = useState<'merge' | 'externalId' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('merges.menu')}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowsJoin size={16} />} onClick={() => setOpen('merge')}>
            {t('merges.dialog.open')}
          </Menu.Item>
          {contact.external_id ? (
            <Menu.Item leftSection={<IconId size={16} />} onClick={() => setOpen('externalId')}>
              {t('externalId.replace')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {open === 'merge' ? <MergeDialog contact={contact} onClose={close} /> : null}
      {open === 'externalId' ? <ReplaceExternalId contact={contact} onClose={close} /> : null}
    </>
  );
}
