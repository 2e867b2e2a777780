import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { useText } from '../../../../app/text.tsx';
import { pointerStep } from '../pointer-step.ts';
import type { Scope } from '../scope/scope.ts';
import { withMembers } from '../with-members.ts';
import { ParameterField } from './ParameterField.tsx';
import classes from '../BlocksForms.module.css';

type Rows = Readonly<Record<string, unknown>>;

interface RowsFieldProps {
  label: string;
  description: string;
  /** Values by name. */
  rows: Rows;
  onChange: (rows: Rows) => void;
  scope: Scope;
  errorAt: (path: string) => string | undefined;
}

const anything = z.json();

/** Values with names of their own, each from anywhere. */
export function RowsField({ label, description, rows, onChange, scope, errorAt }: RowsFieldProps) {
  const t = useText();
  const names = Object.keys(rows);
  return (
    <section className={classes.group} aria-label={label}>
      <p className={classes.label}>{label}</p>
      <p className={classes.hint}>{description}</p>
      {names.map((name) => (
        <div key={name} className={classes.item}>
          <div className={classes.grow}>
            <ParameterField
              label={name}
              value={rows[name]}
              onChange={(value) => onChange({ ...rows, [name]: value ?? '' })}
              error={errorAt(`/${pointerStep(name)}`)}
              scope={scope}
              schema={anything}
            />
          </div>
          <Tooltip label={t('blockForms.rows.remove', { name })}>
            <ActionIcon
              aria-label={t('blockForms.rows.remove', { name })}
              onClick={() => onChange(withMembers(rows, { [name]: undefined }))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      <NewRow taken={names} onAdd={(name) => onChange({ ...rows, [name]: '' })} />
    </section>
  );
}

/** The name comes first: what it is called later needs a new row. */
function NewRow({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const isTaken = taken.includes(wanted);
  const add = () => {
    if (wanted === '' || isTaken) return;
    onAdd(wanted);
    setName('');
  };
  return (
    <div className={classes.newRow}>
      <TextInput
        className={classes.grow ?? ''}
        size="xs"
        aria-label={t('blockForms.rows.name')}
        placeholder={t('blockForms.rows.name')}
        maxLength={200}
        error={isTaken ? t('blockForms.rows.taken') : undefined}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={wanted === '' || isTaken}
        onClick={add}
      >
        {t('blockForms.rows.add')}
      </Button>
    </div>
  );
}
