import { Text, TextInput } from '@mantine/core';
import type { ProviderKind } from '@perennial/channels';
import type { Provider } from '@perennial/contracts';
import { CopyButton } from '@perennial/ui';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { useText } from '../../../app/text.tsx';

interface ProviderCallbackProps {
  kind: ProviderKind;
  /** Null while it is a new one, which has no URL yet. */
  provider: Provider | null;
}

/** Where the vendor is to report to, and what to press there. */
export function ProviderCallback({ kind, provider }: ProviderCallbackProps) {
  const t = useText();
  const id = `settings.channels.callback.${kind.key}`;
  if (!Object.hasOwn(catalogue, id)) return null;
  if (!provider?.callback_url) {
    return (
      <Text size="xs" c="dimmed">
        {t('settings.channels.callback.afterSaving')}
      </Text>
    );
  }
  return (
    <TextInput
      readOnly
      label={t('settings.channels.callback')}
      description={t(id as TextId)}
      value={provider.callback_url}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={provider.callback_url} label={t('settings.channels.callback.copy')} />
      }
    />
  );
}
