import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { SenderDomain, SenderUses } from '@perennial/contracts';
import { SkeletonLines, TypedConfirm } from '@perennial/ui';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { UsesList } from './UsesList.tsx';

/** What else may be done with a domain. */
export function DomainMenu({ domain }: { domain: SenderDomain }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [removing, setRemoving] = useState(false);
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('app.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => setRemoving(true)}
          >
            {t('domains.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {removing ? <RemoveDomain domain={domain} onClose={() => setRemoving(false)} /> : null}
    </>
  );
}

/** Keys cannot be had again, so what goes with them is said and the name is typed. */
function RemoveDomain({ domain, onClose }: { domain: SenderDomain; onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const showProblem = useShowProblem();
  const { id, display, sender_count: senders } = domain;
  const uses = useRead<SenderUses>(`/sender_domains/${id}/uses`);
  const remove = useChange(
    (api) => api.delete(`/sender_domains/${id}`),
    ['/sender_domains', '/senders'],
  );
  const isUsed = uses.data && uses.data.messages.length + uses.data.providers.length > 0;
  return (
    <TypedConfirm
      opened
      title={t('domains.remove.title', { domain: display })}
      phrase={display}
      confirmLabel={t('domains.remove')}
      pending={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(undefined, {
          onError: showProblem,
          onSuccess: () => {
            notifications.show({ message: t('domains.removed', { domain: display }) });
            go('settings/domains');
          },
        })
      }
    >
      <p>{t('domains.remove.detail', { senders })}</p>
      {uses.isPending ? <SkeletonLines lines={2} /> : null}
      {isUsed ? (
        <>
          <p>{t('domains.remove.used')}</p>
          <UsesList uses={uses.data} />
          <p>{t('domains.remove.usedNote')}</p>
        </>
      ) : uses.data ? (
        <p>{t('domains.remove.unused')}</p>
      ) : null}
    </TypedConfirm>
  );
}
