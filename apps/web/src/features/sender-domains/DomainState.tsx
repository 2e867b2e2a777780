import type { SenderDomain } from '@perennial/contracts';
import { StatusBadge, type Tone } from '@perennial/ui';
import { useText } from '../../app/text.tsx';

const tones: Record<SenderDomain['state'], Tone> = {
  pending: 'info',
  verified: 'success',
  broken: 'danger',
};

interface DomainStateProps {
  state: SenderDomain['state'];
  variant?: 'dot' | 'soft';
}

/** Whether DNS says of a domain all that it needs. */
export function DomainState({ state, variant = 'dot' }: DomainStateProps) {
  const t = useText();
  return (
    <StatusBadge tone={tones[state]} variant={variant}>
      {t(`domains.state.${state}`)}
    </StatusBadge>
  );
}
