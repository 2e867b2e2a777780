import { useChannelName } from '@perennial/ui';
import { useText } from '../../../app/text.tsx';
import { NamedSelect } from './fields/NamedSelect.tsx';
import type { BlockFormProps } from './form-props.ts';

const CHANNELS = ['email', 'sms', 'viber'] as const;

/** Whose address is confirmed. */
export function ConfirmForm({ settings, onChange, errorAt }: BlockFormProps) {
  const t = useText();
  const channelName = useChannelName();
  return (
    <NamedSelect
      label={t('blockForms.channel')}
      description={t('blockForms.confirm.hint')}
      options={CHANNELS.map((value) => ({ value, label: channelName(value) }))}
      value={settings['channel'] ?? 'email'}
      onChange={(channel) => onChange({ ...settings, channel })}
      error={errorAt('/channel')}
    />
  );
}
