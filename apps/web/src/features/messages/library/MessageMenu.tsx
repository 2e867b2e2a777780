import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconHistory,
  IconTemplate,
  IconFilePlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { useText } from '../../../app/text.tsx';
import { useGo } from '../../../app/use-to.ts';
import { InUseDialog } from './InUseDialog.tsx';
import { useMessageActions } from './use-message-actions.tsx';

interface MessageMenuProps {
  message: { id: string; name: string; template: boolean; archived_at: string | null };
  /** Larger, for the head of a page. */
  large?: boolean;
}

/** What can be done with a message as a whole. */
export function MessageMenu({ message, large = false }: MessageMenuProps) {
  const t = useText();
  const go = useGo();
  const actions = useMessageActions();
  const [naming, setNaming] = useState<string>();
  const { id, name, template, archived_at: archivedAt } = message;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant={large ? 'default' : 'subtle'}
            color="gray"
            size={large ? 'lg' : 'sm'}
            aria-label={large ? t('library.menu.of') : t('library.menu', { name })}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
          {template ? (
            <Menu.Item
              leftSection={<IconFilePlus size={16} />}
              onClick={() =>
                actions.copy({ id, name, template: false }, (made) => go(`messages/${made.id}`))
              }
            >
              {t('library.begin')}
            </Menu.Item>
          ) : null}
          <Menu.Item
            leftSection={<IconHistory size={16} />}
            onClick={() => go(`messages/${id}/versions`)}
          >
            {t('library.versions')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            onClick={() => actions.copy({ id }, (made) => go(`messages/${made.id}`))}
          >
            {t('library.copy')}
          </Menu.Item>
          {template ? null : (
            <Menu.Item leftSection={<IconTemplate size={16} />} onClick={() => setNaming(name)}>
              {t('library.saveTemplate')}
            </Menu.Item>
          )}
          <Menu.Divider />
          {archivedAt === null ? (
            <Menu.Item
              leftSection={<IconArchive size={16} />}
              onClick={() => actions.archive([message])}
            >
              {t('library.archive')}
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconArchiveOff size={16} />}
              onClick={() => actions.bringBack([message])}
            >
              {t('library.restore')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <InUseDialog actions={actions} />
      {naming === undefined ? null : (
        <FormDialog
          title={t('library.saveTemplate')}
          action={t('app.save')}
          ready={naming.trim() !== ''}
          pending={actions.pending}
          onClose={() => setNaming(undefined)}
          onSubmit={() =>
            actions.copy({ id, name: naming.trim(), template: true }, (made) => {
              setNaming(undefined);
              notifications.show({ message: t('library.saveTemplate.done', { name: made.name }) });
            })
          }
        >
          <TextInput
            data-autofocus
            label={t('library.saveTemplate.name')}
            description={t('library.saveTemplate.hint')}
            value={naming}
            maxLength={200}
            onChange={(event) => setNaming(event.currentTarget.value)}
          />
        </FormDialog>
      )}
    </>
  );
}
