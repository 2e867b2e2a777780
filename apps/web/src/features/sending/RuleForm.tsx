import {
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
} from '@mantine/core';
import type {
  Category,
  FrequencyPreview,
  FrequencyRule,
  FrequencyRuleDraft,
} from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { useText } from '../../app/text.tsx';
import { messageChannels } from '../messages/message.ts';
import { TagsField } from '../segments/TagsField.tsx';
import { PreviewWords } from './PreviewWords.tsx';
import { draftOf } from './rule-draft.ts';
import classes from './Sending.module.css';
import { useRuleWords } from './use-rule-words.ts';
import { NEW_RULE, ofKind } from './window-choice.ts';
import { WindowFields } from './WindowFields.tsx';

interface RuleFormProps {
  /** Null to make a new one. */
  rule: FrequencyRule | null;
  onClose: () => void;
}

/** Makes or changes a rule, says it in words, and tries it on the past week. */
export function RuleForm({ rule, onClose }: RuleFormProps) {
  const t = useText();
  const channelName = useChannelName();
  const [draft, setDraft] = useState<FrequencyRuleDraft>(rule ? draftOf(rule) : NEW_RULE);
  const { items: categories } = useList<Category>('/categories', { query: { archived: 'true' } });
  const wordsOf = useRuleWords((key) => categories.find((each) => each.key === key)?.name ?? key);
  const save = useChange(
    (api) =>
      rule ? api.patch(`/frequency-rules/${rule.id}`, draft) : api.post('/frequency-rules', draft),
    ['/frequency-rules'],
  );
  const preview = useChange<FrequencyRuleDraft, FrequencyPreview>(
    (api, asked) => api.post('/frequency-rules/preview', asked),
    [],
  );
  const change = (part: Partial<FrequencyRuleDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    // What was counted was another rule.
    preview.reset();
  };
  const words = wordsOf(draft);
  return (
    <FormDialog
      title={t(rule ? 'sending.form.edit' : 'sending.form.new')}
      size={520}
      action={t(rule ? 'app.save' : 'app.create')}
      pending={save.isPending}
      problem={problemOfForm(save.error, t)}
      onSubmit={() => save.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label={t('sending.form.kind')}
        data={(['cap', 'gap'] as const).map((kind) => ({
          value: kind,
          label: t(`sending.form.kind.${kind}`),
        }))}
        value={draft.kind}
        onChange={(kind) => change(ofKind(draft, kind))}
      />
      <div className={classes.limit}>
        {draft.kind === 'cap' ? (
          <NumberInput
            data-autofocus
            className={classes.number ?? ''}
            label={t('sending.form.most')}
            min={1}
            max={1000}
            allowDecimal={false}
            value={draft.most}
            error={errorAt(save.error, '/most')}
            onChange={(most) => change({ most: Number(most) || 1 })}
          />
        ) : null}
        <WindowFields
          kind={draft.kind}
          window={draft.window}
          error={errorAt(save.error, '/window/n') ?? errorAt(save.error, '/window')}
          onChange={(window) => change({ window })}
        />
      </div>
      <MultiSelect
        label={t('sending.form.channels')}
        placeholder={draft.channels.length === 0 ? t('sending.form.channels.all') : ''}
        data={messageChannels.map((channel) => ({ value: channel, label: channelName(channel) }))}
        value={draft.channels}
        clearable
        onChange={(channels) => change({ channels })}
      />
      <Checkbox
        label={t('sending.form.apart')}
        checked={draft.each_channel}
        onChange={(event) => change({ each_channel: event.currentTarget.checked })}
      />
      <TagsField
        label={t('sending.form.tags')}
        placeholder={draft.tags.length === 0 ? t('sending.form.all') : ''}
        value={draft.tags}
        onChange={(tags) => change({ tags })}
      />
      {categories.length > 0 ? (
        <MultiSelect
          label={t('sending.form.categories')}
          placeholder={draft.categories.length === 0 ? t('sending.form.all') : ''}
          data={categories.map(({ key, name }) => ({ value: key, label: name }))}
          value={draft.categories}
          clearable
          onChange={(keys) => change({ categories: keys })}
        />
      ) : null}
      <Select
        label={t('sending.form.reached')}
        data={(['refuse', 'wait'] as const).map((value) => ({
          value,
          label: t(`sending.form.reached.${value}`),
        }))}
        value={draft.when_reached}
        allowDeselect={false}
        onChange={(value) => value && change({ when_reached: value })}
      />
      <Checkbox
        label={t('sending.form.counts')}
        checked={draft.counts === 'all'}
        onChange={(event) => change({ counts: event.currentTarget.checked ? 'all' : 'marketing' })}
      />
      <p className={classes.words} dir="auto">
        {words.limit} {words.after}
      </p>
      <div className={classes.row}>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate(draft)}>
          {t('sending.form.preview')}
        </Button>
      </div>
      <PreviewWords preview={preview.data} error={preview.error} />
    </FormDialog>
  );
}
