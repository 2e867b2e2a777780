import { Combobox, Textarea, UnstyledButton, useCombobox } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useText } from '../../../../app/text.tsx';
import { variableName, withVariable } from '../liquid-text.ts';
import type { Scope, Variable } from '../scope/scope.ts';
import { VariableOption } from './VariableOption.tsx';
import classes from '../BlocksForms.module.css';

interface LiquidFieldProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  scope: Scope;
}

/** A text with variables, which can be chosen instead of typed. */
export function LiquidField({ id, label, value, onChange, error, scope }: LiquidFieldProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const { selectionStart: from, selectionEnd: to } = input.current!;
    onChange(withVariable(value, name, { from, to }));
    input.current?.focus();
  };
  return (
    <div>
      <Textarea
        ref={input}
        id={id}
        aria-label={label}
        autosize
        minRows={2}
        maxRows={10}
        dir="auto"
        classNames={{ input: classes.code ?? '' }}
        error={error}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <InsertVariable scope={scope} onInsert={insert} />
    </div>
  );
}

function InsertVariable({ scope, onInsert }: { scope: Scope; onInsert: (name: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => setTyped('') });
  const groups = useMemo(() => namesIn(scope), [scope]);
  const wanted = typed.trim().toLowerCase();
  const fits = ({ name, variable }: Named) =>
    `${name} ${variable.hint ?? ''}`.toLowerCase().includes(wanted);
  return (
    <Combobox
      store={combobox}
      width={340}
      position="bottom-start"
      onOptionSubmit={(name) => {
        combobox.closeDropdown();
        onInsert(name);
      }}
    >
      <Combobox.Target targetType="button">
        <UnstyledButton className={classes.insert} onClick={() => combobox.toggleDropdown()}>
          <IconBraces size={14} aria-hidden />
          {t('blockForms.liquid.insert')}
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          autoFocus
          aria-label={t('blockForms.liquid.find')}
          placeholder={t('blockForms.liquid.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {groups.map(({ kind, names }) => {
            const found = names.filter(fits).slice(0, 50);
            return found.length > 0 ? (
              <Combobox.Group key={kind} label={t(`blockForms.source.${kind}`)}>
                {found.map(({ name, variable }) => (
                  <Combobox.Option key={name} value={name}>
                    <VariableOption path={name} variable={variable} />
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ) : null;
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface Named {
  name: string;
  variable: Variable;
}

function namesIn({ event = [], fields, results }: Scope) {
  const named = (kind: 'event' | 'contact' | 'run', variables: readonly Variable[]) => ({
    kind,
    names: variables.map((variable): Named => ({
      name: variableName(kind, variable.path),
      variable,
    })),
  });
  return [named('event', event), named('contact', fields), named('run', results)];
}
