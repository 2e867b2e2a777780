import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useUiText } from '../use-ui-text.ts';
import type { FormField } from './fields-of.ts';
import { ScalarField } from './ScalarField.tsx';
import classes from './SchemaForm.module.css';

export type FormValue = Record<string, unknown>;

export interface SchemaFormProps {
  fields: readonly FormField[];
  value: FormValue;
  onChange: (value: FormValue) => void;
  /** Name of a member for people; the path is dotted, without indexes. */
  labelOf: (path: string) => string;
  hintOf?: ((path: string) => string | undefined) | undefined;
  /** Message for the member at a JSON pointer. */
  errorAt?: ((pointer: string) => string | undefined) | undefined;
  readOnly?: boolean | undefined;
  /** Texts may hold Liquid, which is coloured in those of one line. */
  liquid?: boolean | undefined;
}

interface Place {
  path: string;
  pointer: string;
}

/** A form for an object of a schema: one control a member, groups and lists nested. */
export function SchemaForm(props: SchemaFormProps) {
  return <FieldsOf {...props} place={{ path: '', pointer: '' }} />;
}

function FieldsOf({
  fields,
  value,
  onChange,
  place,
  ...shared
}: SchemaFormProps & { place: Place }) {
  const set = (name: string, next: unknown) => onChange(withMember(value, name, next));
  return (
    <div className={classes.fields}>
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={value[field.name]}
          onChange={(next) => set(field.name, next)}
          place={{
            path: place.path ? `${place.path}.${field.name}` : field.name,
            pointer: `${place.pointer}/${field.name}`,
          }}
          {...shared}
        />
      ))}
    </div>
  );
}

type SharedProps = Omit<SchemaFormProps, 'fields' | 'value' | 'onChange'>;

interface FieldProps extends SharedProps {
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
  place: Place;
}

function Field({ field, value, onChange, place, ...shared }: FieldProps) {
  const { labelOf, hintOf, errorAt, readOnly, liquid } = shared;
  if (field.kind === 'group') {
    return (
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{labelOf(place.path)}</legend>
        <FieldsOf
          fields={field.fields}
          value={asObject(value)}
          onChange={(next) => onChange(Object.keys(next).length > 0 ? next : undefined)}
          place={place}
          {...shared}
        />
      </fieldset>
    );
  }
  if (field.kind === 'list') {
    return <ListField field={field} value={value} onChange={onChange} place={place} {...shared} />;
  }
  return (
    <ScalarField
      field={field}
      pointer={place.pointer}
      label={labelOf(place.path)}
      hint={hintOf?.(place.path)}
      error={errorAt?.(place.pointer)}
      readOnly={readOnly}
      liquid={liquid}
      value={value}
      onChange={onChange}
    />
  );
}

interface ListFieldProps extends SharedProps {
  field: FormField & { kind: 'list' };
  value: unknown;
  onChange: (value: unknown) => void;
  place: Place;
}

function ListField({ field, value, onChange, place, ...shared }: ListFieldProps) {
  const text = useUiText();
  const items: unknown[] = Array.isArray(value) ? value : [];
  const set = (next: unknown[]) => onChange(next.length > 0 ? next : undefined);
  const full = field.most !== undefined && items.length >= field.most;
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{shared.labelOf(place.path)}</legend>
      {items.map((item, index) => (
        <div key={index} className={classes.item}>
          <FieldsOf
            fields={field.fields}
            value={asObject(item)}
            onChange={(next) => set(items.with(index, next))}
            place={{ path: place.path, pointer: `${place.pointer}/${index}` }}
            {...shared}
          />
          {shared.readOnly ? null : (
            <Tooltip label={text('ui.form.remove')}>
              <ActionIcon
                aria-label={text('ui.form.remove')}
                onClick={() => set(items.toSpliced(index, 1))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      ))}
      {shared.readOnly || full ? null : (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...items, {}])}
        >
          {text('ui.form.add')}
        </Button>
      )}
    </fieldset>
  );
}

/** An emptied member is left out rather than kept as an empty text. */
function withMember(value: FormValue, name: string, next: unknown): FormValue {
  const { [name]: _before, ...rest } = value;
  return next === undefined || next === '' ? rest : { ...value, [name]: next };
}

function asObject(value: unknown): FormValue {
  return value !== null && typeof value === 'object' ? (value as FormValue) : {};
}
