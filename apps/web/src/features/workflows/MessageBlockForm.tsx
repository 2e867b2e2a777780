import { Alert, Checkbox, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { App, SendTermsView, Workflow } from '@perennial/contracts';
import { findBlock } from '@perennial/blocks';
import { useState, type ComponentType } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import type { GraphBlock } from '../../editor/graph.ts';
import { TermsFields } from '../sending/TermsFields.tsx';
import { MessageToSegmentForm } from './blocks-forms/MessageToSegmentForm.tsx';
import { OneFromManyForm } from './blocks-forms/OneFromManyForm.tsx';
import type { SettingsFormProps } from './blocks-forms/settings-form-props.ts';
import { termsOf, withSettings, type BlockSettings } from './message-settings.ts';
import classes from './Workflows.module.css';

interface MessageBlockFormProps {
  workflow: Workflow;
  block: GraphBlock;
  /** The draft is what is edited from now on. */
  onEdit: () => void;
}

/** How long typing rests before the draft is saved. */
const rest = 600;

/** How the message of a block leaves: changes are saved in the draft, as they are made. */
export function MessageBlockForm({ workflow, block, onEdit }: MessageBlockFormProps) {
  const t = useText();
  const [settings, setSettings] = useState<BlockSettings>(block.settings);
  const save = useChange(
    (api, changed: BlockSettings) =>
      api.patch(`/workflows/${workflow.id}`, {
        definition: withSettings(workflow.definition, block.id, changed),
      }),
    ['/workflows'],
  );
  const saveSoon = useDebouncedCallback((changed: BlockSettings) => save.mutate(changed), rest);
  const replace = (next: BlockSettings) => {
    const changed = Object.fromEntries(
      Object.entries(next).filter(([, value]) => value !== undefined),
    );
    // Before it is saved: what is published is not what this form shows any more.
    onEdit();
    setSettings(changed);
    saveSoon(changed);
  };
  const change = (part: BlockSettings) => replace({ ...settings, ...part });
  const Own = ownForms[block.type];
  if (Own) {
    return (
      <div className={classes.blockForm}>
        <Own settings={settings} onChange={replace} errorAt={errorsOf(block.type, settings)} />
        {save.error ? (
          <Alert color="red" variant="light">
            {problemWords(save.error, t).detail}
          </Alert>
        ) : null}
      </div>
    );
  }
  return (
    <>
      <h3 className={classes.section}>{t('workflows.block.sending')}</h3>
      <div className={classes.blockForm}>
        <Checkbox
          size="sm"
          label={t('workflows.block.transactional')}
          description={t('workflows.block.transactional.hint')}
          checked={settings['transactional'] === true}
          onChange={({ currentTarget: { checked } }) =>
            change({ transactional: checked || undefined })
          }
        />
        {block.type === 'mobile_push' ? (
          <AppSelect
            value={typeof settings['app'] === 'string' ? settings['app'] : null}
            onChange={(app) => change({ app: app ?? undefined })}
          />
        ) : null}
        <TermsFields
          channel={block.type}
          value={termsOf(settings)}
          readOnly={false}
          onChange={(terms: SendTermsView) =>
            change({
              priority: undefined,
              send_hours: undefined,
              ttl: undefined,
              addresses: undefined,
              ...terms,
            })
          }
        />
        {save.error ? (
          <Alert color="red" variant="light">
            {problemWords(save.error, t).detail}
          </Alert>
        ) : null}
      </div>
    </>
  );
}

/** Blocks whose forms say all of their settings. */
const ownForms: Readonly<Record<string, ComponentType<SettingsFormProps>>> = {
  one_from_many: OneFromManyForm,
  message_to_segment: MessageToSegmentForm,
};

/** What is wrong with the settings, at the place of each. */
function errorsOf(type: string, settings: BlockSettings): SettingsFormProps['errorAt'] {
  const issues = findBlock(type)?.settings.safeParse(settings).error?.issues ?? [];
  return (path) =>
    issues.find((issue) => {
      const at = `/${issue.path.join('/')}`;
      return at === path || at.startsWith(`${path}/`);
    })?.message;
}

interface AppSelectProps {
  value: string | null;
  onChange: (app: string | null) => void;
}

function AppSelect({ value, onChange }: AppSelectProps) {
  const t = useText();
  const { items } = useList<App>('/apps', { query: { limit: 200 } });
  const known = items.map(({ key, name }) => ({ value: key, label: name }));
  const isUnknown = value !== null && !known.some((app) => app.value === value);
  return (
    <Select
      label={t('workflows.block.app')}
      description={t('workflows.block.app.hint')}
      placeholder={t('workflows.block.app.any')}
      clearable
      data={isUnknown ? [...known, { value, label: value }] : known}
      value={value}
      onChange={onChange}
    />
  );
}
