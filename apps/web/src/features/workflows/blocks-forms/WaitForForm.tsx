import { Checkbox, SegmentedControl, Select } from '@mantine/core';
import { MESSAGE_STATUSES } from '@perennial/conditions';
import { useText } from '../../../app/text.tsx';
import { DurationField } from './fields/DurationField.tsx';
import { EventField } from './fields/EventField.tsx';
import { plainText } from './fields/literals.tsx';
import { NamedSelect } from './fields/NamedSelect.tsx';
import { WhereField } from './fields/WhereField.tsx';
import type { BlockFormProps, Settings } from './form-props.ts';
import { recordOf } from './record-of.ts';
import { schemaAt } from './schema-at.ts';
import { withMembers } from './with-members.ts';

const AWAITED = ['event', 'segment', 'message_status'] as const;
type Awaited = (typeof AWAITED)[number];

/** What is waited for, and no longer than how long. */
export function WaitForForm(props: BlockFormProps) {
  const { type, settings, onChange, scope, errorAt } = props;
  const t = useText();
  const awaited = AWAITED.find((name) => settings[name] !== undefined) ?? 'event';
  const turn = (to: Awaited) => onChange({ ...startOf(to), timeout: settings['timeout'] });
  const startOf = (to: Awaited): Settings => {
    if (to === 'event') return { event: '' };
    if (to === 'segment') return { segment: '' };
    const block = scope.senders.at(-1)?.value ?? 'any';
    return { message_status: { block, status: 'opened' } };
  };
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('blockForms.waitFor')}
        data={AWAITED.map((value) => ({ value, label: t(`blockForms.waitFor.${value}`) }))}
        value={awaited}
        onChange={(to) => turn(to)}
      />
      <Awaited {...props} awaited={awaited} />
      <DurationField
        label={t('blockForms.waitFor.timeout')}
        description={t('blockForms.waitFor.timeout.hint')}
        value={recordOf(settings['timeout'])}
        onChange={(timeout) => onChange({ ...settings, timeout })}
        error={errorAt('/timeout')}
        scope={scope}
        schema={schemaAt(type, 'timeout', 'n')}
      />
    </>
  );
}

interface AwaitedProps extends BlockFormProps {
  awaited: Awaited;
}

function Awaited({ awaited, settings, onChange, scope, errorAt }: AwaitedProps) {
  const t = useText();
  const { vocabulary, senders } = scope;
  const change = (part: Settings) => onChange(withMembers(settings, part));
  if (awaited === 'segment') {
    return (
      <NamedSelect
        label={t('blockForms.segment')}
        description={t('blockForms.waitFor.segment.hint')}
        options={vocabulary.segments}
        value={settings['segment']}
        onChange={(segment) => change({ segment })}
        error={errorAt('/segment')}
      />
    );
  }
  if (awaited === 'message_status') {
    const { block, status } = recordOf(settings['message_status']);
    const put = (part: Settings) => change({ message_status: { block, status, ...part } });
    return (
      <>
        <NamedSelect
          label={t('blockForms.waitFor.sender')}
          options={[{ value: 'any', label: t('conditions.status.any') }, ...senders]}
          value={block}
          onChange={(chosen) => put({ block: chosen })}
          error={errorAt('/message_status/block')}
        />
        <Select
          label={t('blockForms.waitFor.status')}
          data={MESSAGE_STATUSES.map((value) => ({
            value,
            label: t(`conditions.status.${value}`),
          }))}
          allowDeselect={false}
          value={plainText(status)}
          onChange={(chosen) => put({ status: chosen })}
          error={errorAt('/message_status/status')}
        />
      </>
    );
  }
  return (
    <>
      <EventField
        vocabulary={vocabulary}
        value={settings['event']}
        onChange={(event) => change({ event })}
        error={errorAt('/event')}
      />
      <WhereField
        event={settings['event'] ?? ''}
        value={settings['where']}
        onChange={(where) => change({ where })}
        error={errorAt('/where')}
        vocabulary={vocabulary}
      />
      <Checkbox
        size="sm"
        label={t('blockForms.sameKey')}
        description={t('blockForms.sameKey.hint')}
        checked={settings['same_key'] === true}
        onChange={({ currentTarget: { checked } }) => change({ same_key: checked || undefined })}
      />
    </>
  );
}
