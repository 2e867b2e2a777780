import { Modal } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { useConditionWords } from '../../conditions/use-condition-words.ts';
import { useVocabulary } from '../../conditions/use-vocabulary.ts';
import { Explanation } from './Explanation.tsx';
import { useExplanation } from './use-explanation.ts';

interface WhyDialogProps {
  segment: { id: string; name: string };
  contact: string;
  onClose: () => void;
}

/** Why a contact is in a segment, over the card of the contact. */
export function WhyDialog({ segment, contact, onClose }: WhyDialogProps) {
  const t = useText();
  const { vocabulary } = useVocabulary();
  const words = useConditionWords(vocabulary);
  const read = useExplanation(segment.id, contact);
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('segments.explain.title', { name: segment.name })}
    >
      <Explanation read={read} say={words.say} />
    </Modal>
  );
}
