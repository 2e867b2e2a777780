import { SegmentedControl } from '@mantine/core';
import { useChannelName } from '@perennial/ui';
import { useState } from 'react';
import { useText } from '../../../app/text.tsx';
import { NamedSelect } from './fields/NamedSelect.tsx';
import type { BlockFormProps } from './form-props.ts';

const WHAT = ['category', 'channel'] as const;
const CHANNELS = ['email', 'sms', 'viber'] as const;

/** A category or a channel that the contact is subscribed to or unsubscribed from. */
export function SubscriptionForm({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const channelName = useChannelName();
  // A new block says neither: what is chosen first is not written yet.
  const [what, setWhat] = useState<(typeof WHAT)[number]>(
    settings['channel'] === undefined ? 'category' : 'channel',
  );
  const turn = (to: (typeof WHAT)[number]) => {
    setWhat(to);
    onChange({});
  };
  const options =
    what === 'category'
      ? scope.vocabulary.categories
      : CHANNELS.map((value) => ({ value, label: channelName(value) }));
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('blockForms.subscription')}
        data={WHAT.map((value) => ({ value, label: t(`blockForms.subscription.${value}`) }))}
        value={what}
        onChange={turn}
      />
      <NamedSelect
        label={t(`blockForms.subscription.${what}`)}
        description={t(
          `blockForms.subscription.${type === 'subscribe' ? 'in' : 'out'}.${what}.hint`,
        )}
        options={options}
        value={settings[what]}
        onChange={(chosen) => onChange(chosen === undefined ? {} : { [what]: chosen })}
        error={errorAt(`/${what}`)}
      />
    </>
  );
}
