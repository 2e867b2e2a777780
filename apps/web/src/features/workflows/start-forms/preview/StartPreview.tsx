import type { Settings } from '../../blocks-forms/form-props.ts';
import { AudienceCount } from './AudienceCount.tsx';
import { EventVolume } from './EventVolume.tsx';
import { FieldChanges } from './FieldChanges.tsx';
import { NextTimesList } from './NextTimesList.tsx';
import { SegmentEntries } from './SegmentEntries.tsx';
import classes from './StartPreview.module.css';

/** What a start would mean for the workspace as it is: how many, how often, when next. */
export function StartPreview({ start }: { start: Settings }) {
  const { type, mode, event, segment } = start;
  const parts = [
    <AudienceCount key="audience" start={start} />,
    type === 'segment' && mode === 'entry' && isNamed(segment) ? (
      <SegmentEntries key="entries" segment={segment} />
    ) : null,
    type === 'event_segment' && isNamed(event) ? <EventVolume key="volume" event={event} /> : null,
    type === 'field_change' && isNamed(start['field']) ? (
      <FieldChanges key="changes" start={start} />
    ) : null,
    mode === 'regular' ? <NextTimesList key="times" start={start} /> : null,
  ];
  return <div className={classes.root}>{parts}</div>;
}

function isNamed(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
