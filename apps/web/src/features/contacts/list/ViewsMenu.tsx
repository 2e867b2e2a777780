import { ActionIcon, Button, Checkbox, Group, Menu, Modal, TextInput } from '@mantine/core';
import type { Arrangement, ContactView, NewContactView } from '@perennial/contracts';
import { IconBookmark, IconDeviceFloppy, IconTrash, IconUsers } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange, useList } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';
import classes from './ContactList.module.css';

interface ViewsMenuProps {
  current: () => Arrangement;
  onOpen: (arrangement: Arrangement) => void;
}

/** Opens, saves and deletes arrangements of the list. */
export function ViewsMenu({ current, onOpen }: ViewsMenuProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const [saving, setSaving] = useState(false);
  const views = useList<ContactView>('/contact_views', { query: { limit: null } });
  const create = useChange(
    (api, view: NewContactView) => api.post<ContactView>('/contact_views', view),
    ['/contact_views'],
  );
  const remove = useChange(
    (api, view: ContactView) => api.delete(`/contact_views/${view.id}`),
    ['/contact_views'],
  );
  const forget = (view: ContactView) => {
    const { name, shared, arrangement } = view;
    remove.mutate(view, {
      onError: showProblem,
      onSuccess: () =>
        showUndo(t('contacts.views.deleted', { name }), () =>
          create.mutate({ name, shared, arrangement }, { onError: showProblem }),
        ),
    });
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={16} />}>
            {t('contacts.views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown miw={220}>
          {views.items.length === 0 ? <Menu.Label>{t('contacts.views.none')}</Menu.Label> : null}
          {views.items.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => onOpen(view.arrangement)}
              leftSection={view.shared ? <IconUsers size={14} /> : <IconBookmark size={14} />}
              rightSection={
                view.mine ? (
                  <ActionIcon
                    component="span"
                    size="sm"
                    variant="subtle"
                    color="gray"
                    role="button"
                    aria-label={t('contacts.views.delete', { name: view.name })}
                    onClick={(event) => {
                      event.stopPropagation();
                      forget(view);
                    }}
                  >
                    <IconTrash size={14} />
                  </ActionIcon>
                ) : null
              }
            >
              <span dir="auto">{view.name}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={14} />} onClick={() => setSaving(true)}>
            {t('contacts.views.save')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving ? (
        <SaveView
          busy={create.isPending}
          onClose={() => setSaving(false)}
          onSave={(name, shared) =>
            create.mutate(
              { name, shared, arrangement: current() },
              { onError: showProblem, onSuccess: () => setSaving(false) },
            )
          }
        />
      ) : null}
    </>
  );
}

interface SaveViewProps {
  busy: boolean;
  onSave: (name: string, shared: boolean) => void;
  onClose: () => void;
}

function SaveView({ busy, onSave, onClose }: SaveViewProps) {
  const t = useText();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onSave(name.trim(), shared);
  };
  return (
    <Modal opened onClose={onClose} title={t('contacts.views.save')} size={400}>
      <form className={classes.dialog} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('contacts.views.name')}
          maxLength={80}
          dir="auto"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t('contacts.views.share')}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={busy}>
            {t('contacts.views.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
