import { Switch } from '@mantine/core';
import { DURATION_UNITS } from '@perennial/blocks';
import { useText } from '../../../app/text.tsx';
import { TimeLiteral } from './fields/literals.tsx';
import { MomentLiteral } from './fields/MomentLiteral.tsx';
import { OffsetField } from './fields/OffsetField.tsx';
import { ParameterField } from './fields/ParameterField.tsx';
import { ZoneField } from './fields/ZoneField.tsx';
import type { BlockFormProps, Settings } from './form-props.ts';
import { schemaAt } from './schema-at.ts';
import { withMembers } from './with-members.ts';

/** A date from the event, a field or written out, and how long before or after it. */
export function WaitUntilForm({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const change = (part: Settings) => onChange(withMembers(settings, part));
  const { at } = settings;
  return (
    <>
      <ParameterField
        label={t('blockForms.waitUntil.date')}
        literal={MomentLiteral}
        value={settings['date']}
        onChange={(date) => change({ date })}
        error={errorAt('/date')}
        scope={scope}
        schema={schemaAt(type, 'date')}
      />
      <OffsetField
        label={t('blockForms.waitUntil.offset')}
        units={at === undefined ? DURATION_UNITS : ['day', 'week', 'month']}
        value={settings['offset']}
        onChange={(offset) => change({ offset })}
        error={errorAt('/offset')}
      />
      <Switch
        label={t('blockForms.waitUntil.at')}
        description={t('blockForms.waitUntil.at.hint')}
        checked={at !== undefined}
        onChange={({ currentTarget: { checked } }) => change({ at: checked ? '09:00' : undefined })}
      />
      {at === undefined ? null : (
        <ParameterField
          label={t('blockForms.time')}
          literal={TimeLiteral}
          start="09:00"
          value={at}
          onChange={(time) => change({ at: time ?? '' })}
          error={errorAt('/at')}
          scope={scope}
          schema={schemaAt(type, 'at')}
        />
      )}
      <ZoneField
        value={settings['zone']}
        onChange={(zone) => change({ zone })}
        error={errorAt('/zone')}
      />
    </>
  );
}
