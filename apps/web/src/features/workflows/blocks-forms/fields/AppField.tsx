import type { App } from '@perennial/contracts';
import { useList } from '../../../../app/data.ts';
import { useText } from '../../../../app/text.tsx';
import { NamedSelect } from './NamedSelect.tsx';

interface AppFieldProps {
  value: unknown;
  onChange: (app: string | undefined) => void;
  error: string | undefined;
}

/** Only devices of one app, or of any. */
export function AppField({ value, onChange, error }: AppFieldProps) {
  const t = useText();
  const { items, loading } = useList<App>('/apps', { query: { limit: 200 } });
  const known = items.map(({ key, name }) => ({ value: key, label: name }));
  const kept = loading && typeof value === 'string' ? [{ value, label: value }] : known;
  return (
    <NamedSelect
      clearable
      label={t('workflows.block.app')}
      description={t('workflows.block.app.hint')}
      placeholder={t('workflows.block.app.any')}
      options={kept}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
