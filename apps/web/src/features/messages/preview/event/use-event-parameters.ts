import type { EventType, EventTypeSchema } from '@perennial/contracts';
import { useMemo } from 'react';
import { useRead } from '../../../../app/data.ts';
import type { EventParams } from './event-choice.ts';
import { eventParameters } from './event-parameters.ts';

/**
 * Parameters to be offered while somebody types: those that events of the type were seen with, those
 * that they should have, and those of the event in the preview. The same list as long as nothing changes.
 */
export function useEventParameters(type: string | null, params: EventParams | undefined): string[] {
  const path = `/event_types/${encodeURIComponent(type ?? '')}`;
  const enabled = type !== null;
  const schema = useRead<EventTypeSchema>(`${path}/schema`, { enabled }).data;
  const known = useRead<EventType>(path, { enabled }).data;
  return useMemo(
    () =>
      eventParameters(
        enabled ? (schema?.parameters ?? []).map((one) => one.path) : [],
        enabled ? (known?.expected_params ?? []).map(({ name }) => name) : [],
        Object.keys(params ?? {}),
      ),
    [enabled, schema, known, params],
  );
}
