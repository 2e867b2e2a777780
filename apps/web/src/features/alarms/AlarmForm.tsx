import {
  InputWrapper,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
} from '@mantine/core';
import type { Alarm, EventType, Message } from '@perennial/contracts';
import { channelLooks, Panel, useChannelName, type ChannelKey } from '@perennial/ui';
import { useList } from '../../app/data.ts';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { ContactSelect } from '../contacts/ContactSelect.tsx';
import type { RuleDraft } from './rule-draft.ts';
import { useRuleNames } from './use-rule-words.ts';
import classes from './Alarms.module.css';

/** An alarm while it is being written. */
export interface AlarmDraft {
  name: string;
  level: Alarm['level'];
  contact: string | null;
  rule: RuleDraft;
}

interface AlarmFormProps {
  draft: AlarmDraft;
  onChange: (draft: AlarmDraft) => void;
  readOnly?: boolean;
}

/** What is watched, when it is worth an alarm, and who is told. */
export function AlarmForm({ draft, onChange, readOnly = false }: AlarmFormProps) {
  const t = useText();
  const { rule } = draft;
  const set = (change: Partial<AlarmDraft>) => onChange({ ...draft, ...change });
  const setRule = (change: Partial<RuleDraft>) => set({ rule: { ...rule, ...change } });
  return (
    <Panel>
      <fieldset disabled={readOnly} className={classes.fields}>
        <Stack gap="md">
          <TextInput
            label={t('alarms.name')}
            placeholder={t('alarms.name.placeholder')}
            maxLength={200}
            value={draft.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          />
          <Choice
            field="kind"
            value={rule.kind}
            values={['event', 'starts', 'failures', 'sends']}
            onChange={(kind) => setRule({ kind })}
          />
          <SeriesFields rule={rule} onChange={setRule} />
          <Choice
            field="period"
            value={rule.period}
            values={['hour', 'day']}
            onChange={(period) => setRule({ period })}
          />
          <Choice
            field="direction"
            value={rule.direction}
            values={['below', 'above']}
            onChange={(direction) => setRule({ direction })}
          />
          <Choice
            field="threshold"
            value={rule.threshold}
            values={['usual', 'number']}
            onChange={(threshold) => setRule({ threshold })}
          />
          {rule.threshold === 'number' ? (
            <NumberInput
              label={t(`alarms.number.${rule.direction}`)}
              min={0}
              max={1e12}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator
              value={rule.value}
              onChange={(value) => typeof value === 'number' && setRule({ value })}
            />
          ) : (
            <NumberInput
              label={t('alarms.tolerance')}
              description={t('alarms.tolerance.hint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={1}
              max={20}
              step={0.5}
              value={rule.tolerance}
              onChange={(tolerance) => typeof tolerance === 'number' && setRule({ tolerance })}
            />
          )}
          <Choice
            field="level"
            value={draft.level}
            values={['warning', 'alarm']}
            onChange={(level) => set({ level })}
          />
          <InputWrapper
            label={t('alarms.contact')}
            description={t('alarms.contact.hint')}
            descriptionProps={{ mt: 4 }}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          >
            <ContactSelect
              fullWidth
              size="sm"
              label={t('alarms.contact')}
              placeholder={t('alarms.contact.find')}
              value={draft.contact}
              onChange={(contact) => set({ contact })}
            />
          </InputWrapper>
        </Stack>
      </fieldset>
    </Panel>
  );
}

interface SeriesFieldsProps {
  rule: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
}

function SeriesFields({ rule, onChange }: SeriesFieldsProps) {
  const t = useText();
  const channelName = useChannelName();
  const { workflows, tags } = useRuleNames();
  const types = useList<EventType>('/event_types', { query: { limit: 500 } });
  const messages = useList<Message>('/messages', { query: { limit: 500 } });
  if (rule.kind === 'event') {
    return (
      <Select
        label={t('alarms.event')}
        placeholder={t('alarms.event.choose')}
        searchable
        data={types.items.map(({ key }) => key)}
        value={rule.event || null}
        onChange={(event) => onChange({ event: event ?? '' })}
      />
    );
  }
  if (rule.kind === 'sends') {
    return (
      <>
        <Select
          label={t('alarms.channel')}
          placeholder={t('alarms.channel.all')}
          clearable
          data={(Object.keys(channelLooks) as ChannelKey[]).map((key) => ({
            value: key,
            label: channelName(key),
          }))}
          value={rule.channel || null}
          onChange={(channel) => onChange({ channel: channel ?? '' })}
        />
        <Select
          label={t('alarms.message')}
          placeholder={t('alarms.message.all')}
          searchable
          clearable
          data={messages.items.map(({ id, name }) => ({ value: id, label: name }))}
          value={rule.message || null}
          onChange={(message) => onChange({ message: message ?? '' })}
        />
        <Select
          label={t('alarms.tag')}
          placeholder={t('alarms.tag.all')}
          searchable
          clearable
          data={tags.map(({ id, name }) => ({ value: id, label: name }))}
          value={rule.tag || null}
          onChange={(tag) => onChange({ tag: tag ?? '' })}
        />
      </>
    );
  }
  return (
    <Select
      label={t('alarms.workflow')}
      placeholder={t('alarms.workflow.all')}
      searchable
      clearable
      data={workflows.map(({ id, name }) => ({ value: id, label: name }))}
      value={rule.workflow || null}
      onChange={(workflow) => onChange({ workflow: workflow ?? '' })}
    />
  );
}

interface ChoiceProps<Name extends string> {
  /** Of the text; those of the values follow it. */
  field: 'kind' | 'period' | 'direction' | 'threshold' | 'level';
  value: Name;
  values: readonly Name[];
  onChange: (value: Name) => void;
}

/** One of a few, all in sight. */
function Choice<Name extends string>({ field, value, values, onChange }: ChoiceProps<Name>) {
  const t = useText();
  return (
    <InputWrapper label={t(`alarms.${field}`)} labelElement="div">
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t(`alarms.${field}`)}
        data={values.map((each) => ({
          value: each,
          label: t(`alarms.${field}.${each}` as TextId),
        }))}
        value={value}
        onChange={onChange}
      />
    </InputWrapper>
  );
}
