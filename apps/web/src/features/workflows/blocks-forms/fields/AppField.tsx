import type { App } from '@perennial/contracts';
import { useList } from '../../../../app/data.ts';
import { useText } from '../../../../app/text.tsx';
import { NamedSelect } from './NamedSelect.tsx';

interface AppFieldProps {
  value: unknown;
  onChange: (app: string | undefined) => void;
  error: string | undefined;
}

/** No app has this key. */
const ANY = '*';

/** Devices of all apps, or of one. */
export function AppField({ value, onChange, error }: AppFieldProps) {
  const t = useText();
  const { items, loading, error: unread } = useList<App>('/apps');
  const chosen = typeof value === 'string' && value !== '' ? value : ANY;
  const isKnown = !loading && !unread;
  const kept = isKnown || chosen === ANY ? [] : [{ value: chosen, label: chosen }];
  const offered = items
    .filter((app) => app.key === chosen || isOffered(app))
    .map(({ key, name, archived_at: archivedAt }) => ({
      value: key,
      label: archivedAt === null ? name : t('workflows.block.app.archived', { name }),
    }));
  return (
    <NamedSelect
      label={t('workflows.block.app')}
      description={t(chosen === ANY ? 'workflows.block.app.all' : 'workflows.block.app.hint')}
      options={[{ value: ANY, label: t('workflows.block.app.any') }, ...offered, ...kept]}
      value={chosen}
      onChange={(next) => onChange(next === ANY ? undefined : next)}
      error={error}
    />
  );
}

/** Servers have no devices, and what was archived is chosen no more. */
function isOffered({ platform, archived_at: archivedAt }: App): boolean {
  return platform !== 'server' && archivedAt === null;
}
