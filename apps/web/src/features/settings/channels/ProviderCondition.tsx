import type { Provider } from '@perennial/contracts';
import { StatusBadge, type Tone } from '@perennial/ui';
import type { TextId } from '../../../app/catalogue.ts';
import { useText } from '../../../app/text.tsx';
import classes from './Channels.module.css';
import { isInTrouble, type ProviderRole } from './provider-state.ts';

const ROLES: Record<ProviderRole, { tone: Tone; text: TextId }> = {
  carries: { tone: 'success', text: 'settings.channels.carries' },
  standsIn: { tone: 'accent', text: 'settings.channels.standsIn' },
  standsBy: { tone: 'neutral', text: 'settings.channels.standby' },
  off: { tone: 'neutral', text: 'settings.channels.off' },
  idle: { tone: 'neutral', text: 'settings.channels.idle' },
};

const TROUBLES = {
  throttled: { tone: 'warning', text: 'settings.channels.throttled' },
  refused: { tone: 'danger', text: 'settings.channels.refused' },
  failing: { tone: 'danger', text: 'settings.channels.failing' },
  broken: { tone: 'danger', text: 'settings.channels.broken' },
} as const satisfies Record<string, { tone: Tone; text: TextId }>;

/** What a provider does for its channel, or what keeps it from that. */
export function ProviderCondition({ provider, role }: { provider: Provider; role: ProviderRole }) {
  const t = useText();
  const { condition } = provider;
  const trouble =
    role !== 'off' && condition in TROUBLES && isInTrouble(provider)
      ? TROUBLES[condition as keyof typeof TROUBLES]
      : undefined;
  const { tone, text } = trouble ?? ROLES[role];
  return (
    <span className={classes.condition}>
      <StatusBadge tone={tone}>{t(text)}</StatusBadge>
    </span>
  );
}
