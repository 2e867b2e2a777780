import { Select } from '@mantine/core';
import type { AccessKey, App } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';

/** The app that a public key belongs to, changed where it stands. */
export function AppOfKey({ accessKey, apps }: { accessKey: AccessKey; apps: readonly App[] }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const change = useChange(
    (api, app: string | null) => api.patch(`/keys/${accessKey.id}`, { app }),
    ['/keys'],
  );
  const app = change.isPending ? change.variables : accessKey.app;
  if (!mayWrite || accessKey.revoked_at || apps.length === 0) {
    return <span dir="auto">{apps.find(({ id }) => id === accessKey.app)?.name ?? ''}</span>;
  }
  return (
    <Select
      size="xs"
      aria-label={t('settings.keys.column.app')}
      placeholder={t('settings.keys.noApp')}
      data={apps.map(({ id, name }) => ({ value: id, label: name }))}
      value={app}
      clearable
      onClick={(event) => event.stopPropagation()}
      onChange={(next) => change.mutate(next, { onError: showProblem })}
    />
  );
}
