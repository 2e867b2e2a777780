import { useText } from '../../../app/text.tsx';
import { EventField } from '../blocks-forms/fields/EventField.tsx';
import { WhereField } from '../blocks-forms/fields/WhereField.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import { recordOf } from '../blocks-forms/record-of.ts';
import { withMembers } from '../blocks-forms/with-members.ts';
import { SegmentSelect } from '../../segments/SegmentSelect.tsx';
import { KeyField } from './KeyField.tsx';
import { OftenField } from './OftenField.tsx';
import type { PartFormProps } from './part-props.ts';
import { segmentId } from './segment-id.ts';
import { SpanField } from './SpanField.tsx';

/** An event of the contact, or one that is for everybody in a segment. */
export function EventStartForm({ part, onChange, vocabulary, errorAt }: PartFormProps) {
  const t = useText();
  const change = (members: Settings) => onChange(withMembers(part, members));
  const forEverybody = part['type'] === 'event_segment';
  const kind = forEverybody ? 'event_segment' : 'event';
  return (
    <>
      <EventField
        vocabulary={vocabulary}
        value={part['event']}
        onChange={(event) => change({ event })}
        error={errorAt('/event')}
      />
      <WhereField
        event={part['event'] ?? ''}
        value={part['where']}
        onChange={(where) => change({ where })}
        error={errorAt('/where')}
        vocabulary={vocabulary}
      />
      <SegmentSelect
        label={t(`workflows.startForm.segment.${kind}`)}
        description={t(`workflows.startForm.segmentHint.${kind}`)}
        clearable={!forEverybody}
        error={errorAt('/segment')}
        value={segmentId(part['segment'])}
        onChange={(segment) => change({ segment: segment ?? undefined })}
      />
      <OftenField
        label={t('startForms.unique')}
        hint={t('startForms.unique.hint')}
        always="each"
        words="unique"
        value={part['unique']}
        onChange={(unique) => change({ unique })}
        error={errorAt('/unique')}
      />
      <KeyField
        event={part['event']}
        vocabulary={vocabulary}
        value={part['key']}
        onChange={(key) => change({ key })}
        error={errorAt('/key')}
      />
      <SpanField
        label={t('startForms.maxAge')}
        description={t('startForms.maxAge.hint')}
        value={part['max_age'] === undefined ? USUAL_AGE : recordOf(part['max_age'])}
        onChange={(age) => change({ max_age: age })}
        error={errorAt('/max_age')}
      />
    </>
  );
}

const USUAL_AGE = { n: 24, unit: 'hour' };
