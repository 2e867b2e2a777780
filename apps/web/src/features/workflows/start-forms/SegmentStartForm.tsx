import { Checkbox, SegmentedControl } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { SegmentSelect } from '../../segments/SegmentSelect.tsx';
import type { Settings } from '../blocks-forms/form-props.ts';
import { recordOf } from '../blocks-forms/record-of.ts';
import { withMembers } from '../blocks-forms/with-members.ts';
import type { PartFormProps } from './part-props.ts';
import { segmentId } from './segment-id.ts';
import { ScheduleFields } from './ScheduleFields.tsx';

/** The members of a segment: as they enter, or all of them at regular times. */
export function SegmentStartForm({ part, onChange, errorAt }: PartFormProps) {
  const t = useText();
  const change = (members: Settings) => onChange(withMembers(part, members));
  const mode = part['mode'] === 'regular' ? 'regular' : 'entry';
  const turn = (to: 'entry' | 'regular') =>
    to === 'entry'
      ? change({ mode: to, schedule: undefined })
      : change({ mode: to, existing: undefined, schedule: { every: 'day', at: '09:00' } });
  return (
    <>
      <SegmentSelect
        label={t('workflows.startForm.segment.segment')}
        description={t(
          `workflows.startForm.segmentHint.${mode === 'regular' ? 'regular' : 'segment'}`,
        )}
        error={errorAt('/segment')}
        value={segmentId(part['segment'])}
        onChange={(segment) => change({ segment: segment ?? undefined })}
      />
      <SegmentedControl
        fullWidth
        aria-label={t('workflows.startForm.mode')}
        data={(['entry', 'regular'] as const).map((value) => ({
          value,
          label: t(`startForms.mode.${value}`),
        }))}
        value={mode}
        onChange={turn}
      />
      {mode === 'regular' ? (
        <ScheduleFields
          schedule={recordOf(part['schedule'])}
          onChange={(schedule) => change({ schedule })}
          errorAt={(path) => errorAt(`/schedule${path}`)}
        />
      ) : (
        <Checkbox
          size="sm"
          label={t('workflows.startForm.existing')}
          description={t('workflows.startForm.existingHint')}
          checked={part['existing'] === true}
          onChange={({ currentTarget: { checked } }) => change({ existing: checked || undefined })}
        />
      )}
    </>
  );
}
