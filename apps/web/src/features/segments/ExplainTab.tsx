import type { SegmentDetail } from '@perennial/contracts';
import { EmptyState, Panel } from '@perennial/ui';
import { IconHelpCircle } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { useConditionWords } from '../conditions/use-condition-words.ts';
import { useVocabulary } from '../conditions/use-vocabulary.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { ContactSelect } from '../contacts/ContactSelect.tsx';
import { Explanation } from './explain/Explanation.tsx';
import { useExplanation } from './explain/use-explanation.ts';
import classes from './Segments.module.css';

/** Why a contact is in the segment, or is not: condition by condition. */
export function ExplainTab({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const { vocabulary } = useVocabulary();
  const words = useConditionWords(vocabulary);
  const [{ contact }, setState] = useUrlState({ contact: '' });
  const read = useExplanation(segment.id, contact || null);
  return (
    <div className={classes.explain}>
      <div className={classes.explainWho}>
        <ContactSelect
          size="sm"
          label={t('segments.explain.who')}
          placeholder={t('segments.add.find')}
          value={contact || null}
          onChange={(id) => setState({ contact: id ?? '' })}
        />
      </div>
      {contact === '' ? (
        <EmptyState icon={IconHelpCircle} title={t('segments.explain.empty')}>
          {t('segments.explain.emptyDetail')}
        </EmptyState>
      ) : (
        <Panel title={<ContactLink id={contact} />}>
          <Explanation read={read} say={words.say} />
        </Panel>
      )}
    </div>
  );
}
