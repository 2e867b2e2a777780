import { Alert, Autocomplete, Select, Stack } from '@mantine/core';
import type { EventTypeListItem } from '@perennial/contracts';
import { useList } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { startTypes, turnStart } from '../../editor/turn-start.ts';
import { SegmentSelect } from '../segments/SegmentSelect.tsx';
import type { DefinitionEdits } from './use-definition-edits.ts';
import { DateFields, FieldChangeFields, ModeFields } from './StartFields.tsx';

interface StartFormProps {
  start: Record<string, unknown>;
  edits: DefinitionEdits;
}

/** How a workflow starts: changes are in the draft as they are made. */
export function StartForm({ start, edits }: StartFormProps) {
  const t = useText();
  const change = (changed: Record<string, unknown>) =>
    edits.edit((definition) => ({ ...definition, start: changed }) as typeof definition, {
      group: 'start',
    });
  const type = startTypes.find((each) => each === start.type) ?? null;
  return (
    <Stack gap="sm" mb="md">
      <Select
        label={t('workflows.startForm.type')}
        placeholder={t('workflows.startForm.choose')}
        data={startTypes.map((value) => ({ value, label: t(`workflows.startForm.${value}`) }))}
        value={type}
        allowDeselect={false}
        onChange={(value) => value && change(turnStart(start, value))}
      />
      {type === 'event' || type === 'event_segment' ? (
        <EventInput value={textOf(start.event)} onChange={(event) => change({ ...start, event })} />
      ) : null}
      {type === 'event' || type === 'segment' || type === 'event_segment' ? (
        <SegmentSelect
          label={t(`workflows.startForm.segment.${type}`)}
          description={t(
            `workflows.startForm.segmentHint.${start.mode === 'regular' ? 'regular' : type}`,
          )}
          value={typeof start.segment === 'string' ? start.segment : null}
          clearable={type === 'event'}
          onChange={(segment) => change(withSegment(start, segment))}
        />
      ) : null}
      {type === 'segment' ? <ModeFields start={start} onChange={change} /> : null}
      {type === 'field_change' ? <FieldChangeFields start={start} onChange={change} /> : null}
      {type === 'date' ? <DateFields start={start} onChange={change} /> : null}
      {edits.error ? (
        <Alert color="red" variant="light">
          {problemWords(edits.error, t).detail}
        </Alert>
      ) : null}
    </Stack>
  );
}

interface EventInputProps {
  value: string;
  onChange: (event: string) => void;
}

/** An event type that was seen, or one that the app will send. */
function EventInput({ value, onChange }: EventInputProps) {
  const t = useText();
  const types = useList<EventTypeListItem>('/event_types', { query: { limit: 500 } });
  return (
    <Autocomplete
      label={t('workflows.startForm.eventName')}
      placeholder={t('workflows.startForm.eventNameHint')}
      data={types.items.map(({ key }) => key)}
      limit={50}
      maxLength={200}
      value={value}
      onChange={onChange}
    />
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function withSegment(start: Record<string, unknown>, segment: string | null) {
  const { segment: _segment, ...rest } = start;
  return segment === null ? rest : { ...start, segment };
}
