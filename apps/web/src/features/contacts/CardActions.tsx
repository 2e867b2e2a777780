import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import {
  IconArrowsJoin,
  IconDots,
  IconDownload,
  IconEraser,
  IconId,
  IconListDetails,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useState, type ComponentType } from 'react';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import type { TextId } from '../../app/catalogue.ts';
import { MergeDialog } from '../merges/MergeDialog.tsx';
import { ReplaceExternalId } from '../merges/ReplaceExternalId.tsx';
import { DownloadContact } from '../privacy/DownloadContact.tsx';
import { EraseContact } from '../privacy/EraseContact.tsx';
import type { CardActionProps } from './card-action.ts';
import { AddToList } from './AddToList.tsx';
import { StartWorkflow } from './StartWorkflow.tsx';
import { useDeleteContact } from './use-delete-contact.ts';
import { useMayEdit } from './use-may-edit.ts';

interface CardAction {
  text: TextId;
  icon: Icon;
  right: Parameters<typeof useRight>[0];
  /** Without one it is done at once. */
  dialog?: ComponentType<CardActionProps>;
  danger?: boolean;
  /** Of a contact that is deleted, too. */
  ofDeleted?: true;
  /** Left out of the menu unless it holds. */
  when?: (contact: ContactCard) => boolean;
}

/** What can be done with a contact from its card: a line each. */
const actions: readonly CardAction[] = [
  {
    text: 'contacts.action.start',
    icon: IconPlayerPlay,
    right: 'workflows.launch',
    dialog: StartWorkflow,
  },
  {
    text: 'contacts.action.list',
    icon: IconListDetails,
    right: 'segments.write',
    dialog: AddToList,
  },
  {
    text: 'merges.dialog.open',
    icon: IconArrowsJoin,
    right: 'contacts.write',
    dialog: MergeDialog,
  },
  {
    text: 'externalId.replace',
    icon: IconId,
    right: 'contacts.write',
    dialog: ReplaceExternalId,
    when: ({ external_id: externalId }) => externalId !== null,
  },
  {
    text: 'contacts.action.download',
    icon: IconDownload,
    right: 'contacts.export',
    dialog: DownloadContact,
    ofDeleted: true,
  },
  {
    text: 'contacts.action.delete',
    icon: IconTrash,
    right: 'contacts.write',
    danger: true,
  },
  {
    text: 'contacts.action.erase',
    icon: IconEraser,
    right: 'contacts.write',
    dialog: EraseContact,
    danger: true,
    ofDeleted: true,
  },
];

interface CardActionsProps {
  contact: ContactCard;
  onEdit: () => void;
}

export function CardActions({ contact, onEdit }: CardActionsProps) {
  const t = useText();
  const mayEdit = useMayEdit(contact);
  const remove = useDeleteContact(contact);
  const [open, setOpen] = useState<CardAction | null>(null);
  const Dialog = open?.dialog;
  return (
    <>
      {mayEdit ? (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('contacts.edit')}
        </Button>
      ) : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label={t('contacts.actions')}>
            <ActionIcon variant="default" size={36} aria-label={t('contacts.actions')}>
              <IconDots size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {actions
            .filter(({ when }) => when?.(contact) ?? true)
            .filter(({ ofDeleted }) => ofDeleted ?? contact.deleted_at === null)
            .map((action) => (
              <ActionItem
                key={action.text}
                action={action}
                t={t}
                onPick={action.dialog ? () => setOpen(action) : remove}
              />
            ))}
        </Menu.Dropdown>
      </Menu>
      {Dialog ? <Dialog contact={contact} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function ActionItem({ action, t, onPick }: { action: CardAction; t: Say; onPick: () => void }) {
  const allowed = useRight(action.right);
  const Glyph = action.icon;
  return (
    <Menu.Item
      disabled={!allowed}
      leftSection={<Glyph size={16} />}
      {...(action.danger ? { color: 'red' } : {})}
      onClick={onPick}
    >
      {t(action.text)}
    </Menu.Item>
  );
}
