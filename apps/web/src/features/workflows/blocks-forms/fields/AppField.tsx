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
  const { items, loading } = useList<App>('/apps', { query: { limit: 200 } });
  const chosen = typeof value === 'string' && value !== '' ? value : ANY;
  const known = items.map(({ key, name }) => ({ value: key, label: name }));
  const kept = loading && chosen !== ANY ? [{ value: chosen, label: chosen }] : known;
  return (
    <NamedSelect
      label={t('workflows.block.app')}
      description={t(chosen === ANY ? 'workflows.block.app.all' : 'workflows.block.app.hint')}
      options={[{ value: ANY, label: t('workflows.block.app.any') }, ...kept]}
      value={chosen}
      onChange={(next) => onChange(next === ANY ? undefined : next)}
      error={error}
    />
  );
}
