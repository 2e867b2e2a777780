import { Alert } from '@mantine/core';
import { IconClockPause, IconInfoCircle } from '@tabler/icons-react';
import { catalogue, type TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { useReasonWords } from '../sending/use-reason-words.ts';

interface WhyNotProps {
  decision: 'held' | 'refused';
  reason: string;
}

/** The one reason why a message was not sent, or waits, and what it means. */
export function WhyNot({ decision, reason }: WhyNotProps) {
  const t = useText();
  const reasonOf = useReasonWords();
  const id = `outbox.why.${reason.replaceAll(/[ -]/g, '_')}`;
  const isHeld = decision === 'held';
  return (
    <Alert
      variant="light"
      color={isHeld ? 'yellow' : 'red'}
      icon={isHeld ? <IconClockPause size={16} /> : <IconInfoCircle size={16} />}
      title={reasonOf(reason)}
    >
      {Object.hasOwn(catalogue, id) ? t(id as TextId) : null}
    </Alert>
  );
}
