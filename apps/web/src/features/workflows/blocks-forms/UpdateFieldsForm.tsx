import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { z } from 'zod';
import { useText } from '../../../app/text.tsx';
import {
  changesOf,
  operationsFor,
  pathOfChange,
  settingsOf,
  type Change,
  type Operation,
} from './field-changes.ts';
import { FieldSelect } from './fields/FieldSelect.tsx';
import { NumberLiteral } from './fields/literals.tsx';
import { ParameterField } from './fields/ParameterField.tsx';
import { literalFor } from './fields/value-literal.ts';
import type { BlockFormProps } from './form-props.ts';
import { isKept } from './kept-fields.ts';
import { schemaAt } from './schema-at.ts';
import classes from './BlocksForms.module.css';

/** What a contact's fields become. */
export function UpdateFieldsForm(props: BlockFormProps) {
  const { settings, onChange, scope } = props;
  const t = useText();
  const changes = changesOf(settings);
  const taken = new Set(changes.map(({ field }) => field));
  const put = (next: readonly Change[]) => onChange(settingsOf(next));
  return (
    <>
      {changes.map((change, index) => (
        <ChangeRow
          key={change.field}
          {...props}
          change={change}
          path={pathOfChange(changes, change)}
          onPut={(next) => put(changes.with(index, next))}
          onRemove={() => put(changes.toSpliced(index, 1))}
        />
      ))}
      <FieldSelect
        label={t('blockForms.fields.add')}
        named
        vocabulary={scope.vocabulary}
        only={({ key }) => !taken.has(key) && !isKept(key)}
        value=""
        onChange={(field) => put([...changes, { field, operation: 'set', value: undefined }])}
      />
    </>
  );
}

interface ChangeRowProps extends BlockFormProps {
  change: Change;
  path: string;
  onPut: (change: Change) => void;
  onRemove: () => void;
}

function ChangeRow({ change, path, onPut, onRemove, type, scope, errorAt }: ChangeRowProps) {
  const t = useText();
  const { field, operation, value } = change;
  const known = scope.vocabulary.fields.find(({ key }) => key === field);
  const name = known?.label ?? field.replace(/^custom\./, '');
  const offered = operationsFor(known?.kind);
  const isCounted = operation === 'increment' || operation === 'decrement';
  const turn = (to: Operation) =>
    onPut({
      field,
      operation: to,
      value: to === 'increment' || to === 'decrement' ? 1 : undefined,
    });
  return (
    <section className={classes.case} aria-label={name}>
      <header className={classes.caseHead}>
        <h3 className={classes.caseName} dir="auto">
          {name}
        </h3>
        <Tooltip label={t('blockForms.rows.remove', { name })}>
          <ActionIcon
            size={24}
            aria-label={t('blockForms.rows.remove', { name })}
            onClick={onRemove}
          >
            <IconX size={14} />
          </ActionIcon>
        </Tooltip>
      </header>
      <Select
        aria-label={t('blockForms.fields.operation')}
        data={(offered.includes(operation) ? offered : [...offered, operation]).map((each) => ({
          value: each,
          label: t(`blockForms.fields.${each}`),
        }))}
        allowDeselect={false}
        value={operation}
        onChange={(chosen) => chosen && turn(chosen)}
      />
      {operation === 'clear' ? null : (
        <ParameterField
          label={t(isCounted ? 'blockForms.fields.by' : 'blockForms.fields.value')}
          literal={isCounted ? NumberLiteral : literalFor(known, t)}
          value={value ?? undefined}
          onChange={(next) => onPut({ ...change, value: next })}
          error={errorAt(path)}
          scope={scope}
          schema={schemaAt(type, operation, field) ?? z.json()}
        />
      )}
      {operation === 'clear' && errorAt(path) ? (
        <p className={classes.problem}>{errorAt(path)}</p>
      ) : null}
    </section>
  );
}
