import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { PromoPool } from '@perennial/contracts';
import { IconArchive, IconDots, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { saveFile } from '../../app/save-file.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { PoolForm } from './PoolForm.tsx';

/** What can be done with a pool besides filling it. */
export function PoolActions({ pool }: { pool: PromoPool }) {
  const t = useText();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const archive = useChange<boolean>(
    (api, archived) => api.patch(`/promo_pools/${pool.id}`, { archived }),
    ['/promo_pools'],
  );
  const file = useChange(async (api) => {
    const name = `promo-codes-${pool.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`;
    saveFile(await api.download(`/promo_pools/${pool.id}/codes.csv`), name);
  }, []);
  const isArchived = pool.archived_at !== null;
  const turn = () =>
    archive.mutate(!isArchived, {
      onSuccess: () =>
        notifications.show({
          message: t(isArchived ? 'promo.restored.toast' : 'promo.archived.toast'),
        }),
    });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} />}
        onClick={() => setOpen('edit')}
      >
        {t('promo.edit')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('app.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => file.mutate()}>
            {t('promo.export')}
          </Menu.Item>
          <Menu.Item leftSection={<IconArchive size={16} />} onClick={turn}>
            {t(isArchived ? 'promo.restore' : 'promo.archive')}
          </Menu.Item>
          {pool.used === 0 ? (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => setOpen('delete')}
            >
              {t('promo.delete')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {open === 'edit' ? <PoolForm pool={pool} onClose={() => setOpen(null)} /> : null}
      {open === 'delete' ? <DeletePool pool={pool} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function DeletePool({ pool, onClose }: { pool: PromoPool; onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const remove = useChange((api) => api.delete(`/promo_pools/${pool.id}`), ['/promo_pools']);
  return (
    <FormDialog
      title={t('promo.delete.title', { name: pool.name })}
      action={t('promo.delete')}
      isFinal
      pending={remove.isPending}
      problem={remove.error ? problemWords(remove.error, t).detail : null}
      onSubmit={() => remove.mutate(undefined, { onSuccess: () => go('settings/promo-codes') })}
      onClose={onClose}
    >
      <Text size="sm">{t('promo.delete.text', { left: pool.left })}</Text>
    </FormDialog>
  );
}
