import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { WhyThisMessage } from '../workflows/variants/WhyThisMessage.tsx';
import { sayDetails } from './gate-details.ts';
import type { GateAnswer } from './delivery.ts';
import classes from './Outbox.module.css';

/** Every gate that was asked about a send, in order, with what it saw. */
export function Gates({ reasons }: { reasons: readonly GateAnswer[] }) {
  return reasons.map((answer, index) => <Gate key={index} answer={answer} />);
}

const gateTexts: Record<string, TextId> = {
  audience: 'outbox.gate.audience',
  consent: 'outbox.gate.consent',
  category: 'outbox.gate.category',
  suppression: 'outbox.gate.suppression',
  frequency: 'outbox.gate.frequency',
  send_hours: 'outbox.gate.send_hours',
  time_to_live: 'outbox.gate.ttl',
  address: 'outbox.gate.address',
  waited: 'outbox.gate.waited',
  run: 'outbox.gate.run',
  message: 'outbox.gate.message',
  hand_over: 'outbox.gate.handOver',
  test: 'outbox.test',
  variant: 'outbox.gate.variant',
};

/** What a gate is called; one this release does not know keeps its key. */
export function useGateName(): (gate: string) => string {
  const t = useText();
  return (gate) => {
    const text = gateTexts[gate];
    return text ? t(text) : gate;
  };
}

function Gate({ answer }: { answer: GateAnswer }) {
  const t = useText();
  const nameOf = useGateName();
  const details = useGateDetails(answer);
  return (
    <div className={classes.gate}>
      {answer.passed ? (
        <IconCheck size={16} color="var(--p-success)" aria-label={t('ui.yes')} />
      ) : (
        <IconX size={16} color="var(--p-danger)" aria-label={t('ui.no')} />
      )}
      <div>
        {nameOf(answer.gate)}
        {details === null ? null : <div className={classes.details}>{details}</div>}
      </div>
    </div>
  );
}

/** What it saw, as far as there was anything to see. */
function useGateDetails({ gate, details }: GateAnswer): ReactNode {
  const t = useText();
  const intl = useIntl();
  if (details === null || details === undefined) return null;
  if (gate === 'variant') return <WhyThisMessage details={details} />;
  return sayDetails(details, { t, intl }) || null;
}
