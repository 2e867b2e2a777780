import { notifications } from '@mantine/notifications';
import type { AccessKey } from '@perennial/contracts';
import { Time, TypedConfirm } from '@perennial/ui';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';

interface RevokeKeyProps {
  accessKey: AccessKey;
  onClose: () => void;
}

/** Revoking cannot be undone, so the name of the key (its beginning, if it has none) is typed. */
export function RevokeKey({ accessKey, onClose }: RevokeKeyProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const revoke = useChange((api) => api.delete(`/keys/${accessKey.id}`), ['/keys']);
  return (
    <TypedConfirm
      opened
      title={t('settings.keys.revoke.title')}
      phrase={accessKey.name || accessKey.shown}
      confirmLabel={t('settings.keys.revoke')}
      pending={revoke.isPending}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(undefined, {
          onSuccess: () => {
            notifications.show({ message: t('settings.keys.revokedToast') });
            onClose();
          },
          onError: showProblem,
        })
      }
    >
      {t('settings.keys.revoke.detail')}{' '}
      {accessKey.used_at ? (
        <Rich
          id="settings.keys.revoke.usedAt"
          values={{ at: <Time key="at" at={accessKey.used_at} /> }}
        />
      ) : null}
    </TypedConfirm>
  );
}
