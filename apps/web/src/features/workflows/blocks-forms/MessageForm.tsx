import { Checkbox } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { TermsFields } from '../../sending/TermsFields.tsx';
import { termsOf } from './message-terms.ts';
import { AppField } from './fields/AppField.tsx';
import { MessageField } from './fields/MessageField.tsx';
import { LanguageField } from './fields/LanguageField.tsx';
import { RowsField } from './fields/RowsField.tsx';
import { plainText } from './fields/literals.tsx';
import type { BlockFormProps, Settings } from './form-props.ts';
import { recordOf } from './record-of.ts';
import { withMembers } from './with-members.ts';
import { withTerms } from './with-terms.ts';
import classes from './BlocksForms.module.css';

/** Which message is sent, with what, and how it leaves. */
export function MessageForm({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const change = (part: Settings) => onChange(withMembers(settings, part));
  return (
    <>
      <MessageField
        channel={type}
        scope={scope}
        value={settings['message']}
        onChange={(message) => change({ message })}
        error={errorAt('/message')}
      />
      <LanguageField
        message={plainText(settings['message'])}
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
      {type === 'mobile_push' ? (
        <AppField
          value={settings['app']}
          onChange={(app) => change({ app })}
          error={errorAt('/app')}
        />
      ) : null}
      <TermsFields
        channel={type}
        value={termsOf(settings)}
        readOnly={false}
        onChange={(terms) => onChange(withTerms(settings, terms))}
      />
    </>
  );
}
