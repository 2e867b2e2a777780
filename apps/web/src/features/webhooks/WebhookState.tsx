import type { Webhook } from '@perennial/contracts';
import { StatusBadge, type Tone } from '@perennial/ui';
import { useText } from '../../app/text.tsx';

type Looks = 'active' | 'trouble' | 'paused' | 'failing';

const tones: Record<Looks, Tone> = {
  active: 'success',
  trouble: 'warning',
  paused: 'neutral',
  failing: 'danger',
};

/** Whether it is told now, and if not, why. */
export function WebhookState({
  webhook,
  variant = 'dot',
}: {
  webhook: Pick<Webhook, 'state' | 'failing_since'>;
  variant?: 'dot' | 'soft';
}) {
  const t = useText();
  const looks = looksOf(webhook);
  return (
    <StatusBadge tone={tones[looks]} variant={variant}>
      {t(`webhooks.state.${looks}`)}
    </StatusBadge>
  );
}

function looksOf({ state, failing_since }: Pick<Webhook, 'state' | 'failing_since'>): Looks {
  return state === 'active' && failing_since !== null ? 'trouble' : state;
}
