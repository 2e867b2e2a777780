import { ActionIcon, Checkbox, MultiSelect, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import { FieldSelect } from './fields/FieldSelect.tsx';
import { ParameterField } from './fields/ParameterField.tsx';
import { literalFor } from './fields/value-literal.ts';
import type { BlockFormProps, Settings } from './form-props.ts';
import { isKept } from './kept-fields.ts';
import { pointerStep } from './pointer-step.ts';
import { recordOf } from './record-of.ts';
import { schemaAt } from './schema-at.ts';
import { withMembers } from './with-members.ts';
import classes from './BlocksForms.module.css';

const FOUND_BY = ['external_id', 'email', 'phone'] as const;

/** Who is created or found, and what is written of them. */
export function CreateContactForm(props: BlockFormProps) {
  const { type, settings, onChange, scope, errorAt } = props;
  const t = useText();
  const change = (part: Settings) => onChange(withMembers(settings, part));
  const lists = Array.isArray(settings['lists']) ? settings['lists'].map(String) : [];
  return (
    <>
      <p className={classes.hint}>{t('blockForms.createContact.hint')}</p>
      {FOUND_BY.map((name) => (
        <ParameterField
          key={name}
          label={t(`blockForms.createContact.${name}`)}
          value={settings[name]}
          onChange={(value) => change({ [name]: value })}
          error={errorAt(`/${name}`)}
          scope={scope}
          schema={schemaAt(type, name)}
        />
      ))}
      <OtherFields {...props} />
      <MultiSelect
        label={t('blockForms.createContact.lists')}
        placeholder={lists.length === 0 ? t('blockForms.createContact.lists.none') : undefined}
        data={scope.vocabulary.segments
          .filter(({ kind }) => kind === 'list')
          .map(({ value, label }) => ({ value, label }))}
        searchable
        error={errorAt('/lists')}
        value={lists}
        onChange={(chosen) => change({ lists: chosen.length > 0 ? chosen : undefined })}
      />
      <Checkbox
        size="sm"
        label={t('blockForms.createContact.confirmed')}
        description={t('blockForms.createContact.confirmed.hint')}
        checked={settings['confirmed'] !== false}
        onChange={({ currentTarget: { checked } }) =>
          change({ confirmed: checked ? undefined : false })
        }
      />
    </>
  );
}

function OtherFields({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const fields = recordOf(settings['fields']);
  const put = (next: Settings) =>
    onChange(withMembers(settings, { fields: Object.keys(next).length > 0 ? next : undefined }));
  return (
    <>
      {Object.entries(fields).map(([key, value]) => {
        const known = scope.vocabulary.fields.find((field) => field.key === key);
        const name = known?.label ?? key.replace(/^custom\./, '');
        return (
          <div key={key} className={classes.item}>
            <div className={classes.grow}>
              <ParameterField
                label={name}
                literal={literalFor(known, t)}
                value={value ?? undefined}
                onChange={(next) => put({ ...fields, [key]: next ?? null })}
                error={errorAt(`/fields/${pointerStep(key)}`)}
                scope={scope}
                schema={schemaAt(type, 'fields', key)}
              />
            </div>
            <Tooltip label={t('blockForms.rows.remove', { name })}>
              <ActionIcon
                aria-label={t('blockForms.rows.remove', { name })}
                onClick={() => put(withMembers(fields, { [key]: undefined }))}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          </div>
        );
      })}
      <FieldSelect
        label={t('blockForms.createContact.field')}
        named
        vocabulary={scope.vocabulary}
        only={({ key }) => !(key in fields) && !isKept(key) && !isGivenBeside(key)}
        value=""
        onChange={(key) => put({ ...fields, [key]: null })}
      />
    </>
  );
}

/** What finds the contact is given beside the fields. */
function isGivenBeside(field: string): boolean {
  return field === 'email' || field === 'phone';
}
