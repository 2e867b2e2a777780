import type { StartType, StopType } from '@perennial/blocks';
import type { ComponentType } from 'react';
import { DateStartForm } from './DateStartForm.tsx';
import { EventStartForm } from './EventStartForm.tsx';
import { EventStopForm } from './EventStopForm.tsx';
import { FieldChangeForm } from './FieldChangeForm.tsx';
import { ManualStartForm } from './ManualStartForm.tsx';
import { OrderStopForm } from './OrderStopForm.tsx';
import type { PartFormProps } from './part-props.ts';
import { SegmentStartForm } from './SegmentStartForm.tsx';
import { SegmentStopForm } from './SegmentStopForm.tsx';

/** The form of each way to start. A new way is a file and a line here. */
export const startForms: Readonly<Record<StartType, ComponentType<PartFormProps>>> = {
  event: EventStartForm,
  segment: SegmentStartForm,
  event_segment: EventStartForm,
  field_change: FieldChangeForm,
  date: DateStartForm,
  manual: ManualStartForm,
};

/** The form of each way to stop. */
export const stopForms: Readonly<Record<StopType, ComponentType<PartFormProps>>> = {
  event: EventStopForm,
  segment: SegmentStopForm,
  order: OrderStopForm,
};
