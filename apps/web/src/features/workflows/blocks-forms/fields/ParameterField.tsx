import type { z } from 'zod';
import { useId, type ReactNode } from 'react';
import { useText } from '../../../../app/text.tsx';
import { liquidOf } from '../liquid-text.ts';
import type { Scope } from '../scope/scope.ts';
import {
  pathOfSource,
  sourceAt,
  sourceKindOf,
  sourceKindsOf,
  type SourceKind,
} from '../source-kind.ts';
import { LiquidField } from './LiquidField.tsx';
import { TextLiteral, type LiteralProps } from './literals.tsx';
import { SourceMenu } from './SourceMenu.tsx';
import { VariablePick } from './VariablePick.tsx';
import classes from '../BlocksForms.module.css';

interface ParameterFieldProps {
  label: string;
  description?: string;
  value: unknown;
  /** Undefined while nothing is given. */
  onChange: (value: unknown) => void;
  error: string | undefined;
  scope: Scope;
  /** Of the setting: says in which ways its value may be given. */
  schema: z.ZodType | undefined;
  /** The control of a value that is written here; a line of text unless given. */
  literal?: (props: LiteralProps) => ReactNode;
  /** What a value that is written here begins as. */
  start?: unknown;
  /** Stands after the control, such as a unit. */
  end?: ReactNode;
}

/**
 * A setting whose value is written here, or taken from what started the run, from its contact or from
 * the result of an earlier block, or put together as a text with variables.
 */
export function ParameterField(props: ParameterFieldProps) {
  const { label, description, value, onChange, scope, schema, start, end } = props;
  const id = useId();
  const kind = sourceKindOf(value);
  const turn = (to: SourceKind) => onChange(to === kind ? value : startOf(to));
  return (
    <div className={classes.parameter}>
      <div className={classes.parameterHead}>
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
        <SourceMenu label={label} kinds={sourceKindsOf(schema)} kind={kind} onChange={turn} />
      </div>
      <div className={classes.parameterLine}>
        <div className={classes.parameterControl}>
          <Control {...props} id={id} kind={kind} />
        </div>
        {end}
      </div>
      {description ? <p className={classes.hint}>{description}</p> : null}
    </div>
  );

  /** What was written stays where it can: the text of a value begins the text with variables. */
  function startOf(to: SourceKind): unknown {
    if (to === 'literal') return start;
    if (to === 'liquid') return liquidOf(value, kind);
    const [only, second] = variablesOf(scope, to);
    return sourceAt(to, only && !second ? only.path : '');
  }
}

interface ControlProps extends ParameterFieldProps {
  id: string;
  kind: SourceKind;
}

function Control({ id, kind, label, value, onChange, error, scope, literal, start }: ControlProps) {
  const t = useText();
  if (kind === 'literal') {
    const Literal = literal ?? TextLiteral;
    return Literal({ id, label, value: value ?? start, onChange, error });
  }
  if (kind === 'liquid') {
    return (
      <LiquidField
        id={id}
        label={label}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
        error={error}
        scope={scope}
      />
    );
  }
  const path = pathOfSource(value);
  return (
    <VariablePick
      id={id}
      kind={kind}
      label={label}
      variables={variablesOf(scope, kind)}
      none={kind === 'event' && scope.event === undefined}
      value={path}
      error={path === '' ? t('blockForms.source.missing') : error}
      onChange={(next) => onChange(sourceAt(kind, next))}
    />
  );
}

function variablesOf(scope: Scope, kind: 'event' | 'contact' | 'run') {
  if (kind === 'event') return scope.event ?? [];
  return kind === 'contact' ? scope.fields : scope.results;
}
