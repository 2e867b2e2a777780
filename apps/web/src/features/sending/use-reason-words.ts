import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { reasonWords } from '../campaigns/reason-words.ts';

const reasons: Record<string, TextId> = {
  frequency: 'sending.reason.frequency',
  send_hours: 'sending.reason.send_hours',
  expired: 'sending.reason.expired',
};

/** Why a message was not sent, or waits; a word that this release does not know stays. */
export function useReasonWords(): (reason: string) => string {
  const t = useText();
  return (reason) => {
    const text = reasons[reason];
    return text ? t(text) : reasonWords(reason, t);
  };
}
