import { Checkbox, NumberInput, Select } from '@mantine/core';
import { CHOICE_CHANNELS } from '@perennial/blocks';
import { useChannelName } from '@perennial/ui';
import { useText } from '../../../app/text.tsx';
import { TermsFields } from '../../sending/TermsFields.tsx';
import { termsOf } from './message-terms.ts';
import { AppField } from './fields/AppField.tsx';
import { ChoiceLanguageField } from './fields/ChoiceLanguageField.tsx';
import { RowsField } from './fields/RowsField.tsx';
import { recordOf } from './record-of.ts';
import { withMembers } from './with-members.ts';
import { GoalFields } from './GoalFields.tsx';
import type { BlockFormProps } from './form-props.ts';
import { TagsByIdField } from './TagsByIdField.tsx';
import { withTerms } from './with-terms.ts';
import classes from '../Workflows.module.css';

const MODES = ['bandit', 'equal'] as const;
const ALL_SENT = ['oldest', 'failed'] as const;

/** Among which messages is chosen, how, and what counts as success. */
export function OneFromManyForm({ settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const channelName = useChannelName();
  const change = (part: BlockFormProps['settings']) => onChange(withMembers(settings, part));
  const channel = typeof settings['channel'] === 'string' ? settings['channel'] : 'email';
  const memory = typeof settings['memory'] === 'number' ? settings['memory'] : 4;
  return (
    <>
      <Select
        label={t('choiceForm.channel')}
        data={CHOICE_CHANNELS.map((value) => ({ value, label: channelName(value) }))}
        allowDeselect={false}
        value={channel}
        error={errorAt('/channel')}
        onChange={(next) => change({ channel: next })}
      />
      <TagsByIdField
        label={t('choiceForm.include')}
        description={t('choiceForm.include.hint')}
        value={settings['include']}
        error={errorAt('/include')}
        onChange={(include) => change({ include })}
      />
      <TagsByIdField
        label={t('choiceForm.exclude')}
        value={settings['exclude']}
        error={errorAt('/exclude')}
        onChange={(exclude) => change({ exclude })}
      />
      <Select
        label={t('choiceForm.mode')}
        description={settings['mode'] === 'equal' ? undefined : t('choiceForm.mode.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={MODES.map((value) => ({ value, label: t(`choiceForm.mode.${value}`) }))}
        allowDeselect={false}
        value={settings['mode'] === 'equal' ? 'equal' : 'bandit'}
        onChange={(mode) => change({ mode })}
      />
      <GoalFields
        goal={{ type: 'click', ...(settings['goal'] as object | undefined) }}
        vocabulary={scope.vocabulary}
        errorAt={errorAt}
        onChange={(goal) => change({ goal })}
      />
      <NumberInput
        label={t('choiceForm.memory')}
        min={0}
        max={365}
        allowDecimal={false}
        suffix={` ${t('choiceForm.unit.day', { n: memory })}`}
        value={memory}
        error={errorAt('/memory')}
        onChange={(next) => change({ memory: next })}
      />
      {memory > 0 ? (
        <Select
          label={t('choiceForm.allSent')}
          data={ALL_SENT.map((value) => ({ value, label: t(`choiceForm.allSent.${value}`) }))}
          allowDeselect={false}
          value={settings['all_sent'] === 'failed' ? 'failed' : 'oldest'}
          onChange={(next) => change({ all_sent: next })}
        />
      ) : null}
      <ChoiceLanguageField
        channel={channel}
        value={settings['language']}
        onChange={(language) => change({ language })}
        error={errorAt('/language')}
      />
      <RowsField
        label={t('blockForms.message.data')}
        description={t('blockForms.message.data.hint')}
        rows={recordOf(settings['data'])}
        onChange={(rows) => change({ data: Object.keys(rows).length > 0 ? rows : undefined })}
        scope={scope}
        errorAt={(path) => errorAt(`/data${path}`)}
      />
      <h3 className={classes.section}>{t('workflows.block.sending')}</h3>
      <Checkbox
        size="sm"
        label={t('workflows.block.transactional')}
        description={t('workflows.block.transactional.hint')}
        checked={settings['transactional'] === true}
        onChange={({ currentTarget: { checked } }) =>
          change({ transactional: checked || undefined })
        }
      />
      {channel === 'mobile_push' || channel === 'web_push' ? (
        <AppField
          value={settings['app']}
          onChange={(app) => change({ app })}
          error={errorAt('/app')}
        />
      ) : null}
      <TermsFields
        channel={channel}
        value={termsOf({ ...settings })}
        readOnly={false}
        onChange={(terms) => onChange(withTerms(settings, terms))}
      />
    </>
  );
}
