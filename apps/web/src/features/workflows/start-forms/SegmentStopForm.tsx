import { useText } from '../../../app/text.tsx';
import { SegmentSelect } from '../../segments/SegmentSelect.tsx';
import type { PartFormProps } from './part-props.ts';
import { segmentId } from './segment-id.ts';

/** Becoming a member ends the contact's runs, and members do not start. */
export function SegmentStopForm({ part, onChange, errorAt }: PartFormProps) {
  const t = useText();
  return (
    <SegmentSelect
      label={t('blockForms.segment')}
      description={t('startForms.stop.segment.hint')}
      error={errorAt('/segment')}
      value={segmentId(part['segment'])}
      onChange={(segment) => onChange({ ...part, segment: segment ?? '' })}
    />
  );
}
