import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';

const reasons: Record<string, TextId> = {
  head: 'outbox.machine.head',
  prefetch: 'outbox.machine.prefetch',
  'mail privacy proxy': 'outbox.machine.privacy',
  declared: 'outbox.machine.declared',
  'data centre': 'outbox.machine.dataCentre',
  'mail scanner': 'outbox.machine.scanner',
  'too fast': 'outbox.machine.tooFast',
  'every link': 'outbox.machine.everyLink',
};

/** Why an open or click does not count; what this release does not know is as the provider said it. */
export function useMachineWords(): (machine: string) => string {
  const t = useText();
  return (machine) => {
    const text = reasons[machine];
    return t('outbox.machine', { reason: text ? t(text) : machine });
  };
}
