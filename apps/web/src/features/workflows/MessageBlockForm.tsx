import { Alert, Checkbox, Select } from '@mantine/core';
import type { App, SendTermsView } from '@perennial/contracts';
import { useList } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import type { GraphBlock } from '../../editor/graph.ts';
import { TermsFields } from '../sending/TermsFields.tsx';
import type { DefinitionEdits } from './use-definition-edits.ts';
import { termsOf, withSettings, type BlockSettings } from './message-settings.ts';
import classes from './Workflows.module.css';

interface MessageBlockFormProps {
  block: GraphBlock;
  edits: DefinitionEdits;
}

/** How the message of a block leaves: changes are in the draft as they are made. */
export function MessageBlockForm({ block, edits }: MessageBlockFormProps) {
  const t = useText();
  const { id, settings } = block;
  const change = (part: BlockSettings) => {
    const changed = Object.fromEntries(
      Object.entries({ ...settings, ...part }).filter(([, value]) => value !== undefined),
    );
    edits.edit((definition) => withSettings(definition, id, changed), { group: `block ${id}` });
  };
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
        {edits.error ? (
          <Alert color="red" variant="light">
            {problemWords(edits.error, t).detail}
          </Alert>
        ) : null}
      </div>
    </>
  );
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
