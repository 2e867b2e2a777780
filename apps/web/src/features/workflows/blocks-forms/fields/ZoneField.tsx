import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useText } from '../../../../app/text.tsx';

interface ZoneFieldProps {
  value: unknown;
  onChange: (zone: string | undefined) => void;
  error?: string | undefined;
}

/** By whose clock: the workspace's, each contact's own, or that of a place. */
export function ZoneField({ value, onChange, error }: ZoneFieldProps) {
  const t = useText();
  const zone = typeof value === 'string' ? value : 'workspace';
  const places = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const others = new Set(['UTC', ...places]);
  const isKnown = zone === 'workspace' || zone === 'contact' || others.has(zone);
  return (
    <Select
      label={t('blockForms.zone')}
      searchable
      limit={60}
      maxDropdownHeight={280}
      allowDeselect={false}
      data={[
        { value: 'workspace', label: t('blockForms.zone.workspace') },
        { value: 'contact', label: t('blockForms.zone.contact') },
        ...[...others, ...(isKnown ? [] : [zone])].map((each) => ({
          value: each,
          label: each.replaceAll('_', ' '),
        })),
      ]}
      error={error}
      value={zone}
      onChange={(chosen) => onChange(chosen === 'workspace' ? undefined : (chosen ?? undefined))}
    />
  );
}
