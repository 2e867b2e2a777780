import { ActionIcon, Autocomplete, Tooltip } from '@mantine/core';
import type { JsonObject } from '@perennial/conditions';
import { IconBolt } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useText } from '../../app/text.tsx';
import { eventPathsFor } from './event-paths.ts';
import type { Input } from './predicate.ts';
import { plainText } from './plain-text.ts';
import type { ValueKind } from './subject.ts';
import { isPath, type Vocabulary } from './vocabulary.ts';
import classes from './Conditions.module.css';

interface FromEventSwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
}

/** Whether a value stands in the rule, or is taken from the event that starts a workflow. */
export function FromEventSwitch({ on, onChange }: FromEventSwitchProps) {
  const t = useText();
  const label = t(on ? 'conditions.event.give' : 'conditions.event.use');
  return (
    <Tooltip label={label} multiline maw={280}>
      <ActionIcon
        size={24}
        className={classes.fromEvent ?? ''}
        role="switch"
        aria-checked={on}
        aria-label={t('conditions.event.use')}
        data-on={on || undefined}
        onClick={() => onChange(!on)}
      >
        <IconBolt size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

interface EventPathFieldProps {
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  vocabulary: Vocabulary;
  input: Input;
  kind: ValueKind;
}

/** The path into that event: one that was seen, or one that will be there. */
export function EventPathField({ value, onChange, vocabulary, input, kind }: EventPathFieldProps) {
  const t = useText();
  const [left, setLeft] = useState(false);
  const paths = useMemo(
    () => eventPathsFor(vocabulary, { input, kind }),
    [vocabulary, input, kind],
  );
  const path = plainText(value['$event']);
  const label = t('conditions.event.path');
  const isWrong = left && !isPath(path);
  return (
    <>
      <span className={classes.word}>{t('conditions.event.of')}</span>
      <Autocomplete
        size="xs"
        className={classes.path ?? ''}
        aria-label={label}
        placeholder={label}
        data={paths.map((each) => each.path)}
        renderOption={({ option }) => (
          <span className={classes.eventPath}>
            <span>{option.value}</span>
            <span className={classes.eventName} dir="auto">
              {eventsWith(option.value)}
            </span>
          </span>
        )}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        maxDropdownHeight={320}
        error={isWrong ? t('conditions.path.wrong') : undefined}
        value={path}
        onBlur={() => setLeft(true)}
        onChange={(next) => onChange({ $event: next })}
      />
    </>
  );

  function eventsWith(wanted: string): string {
    const [first = '', ...others] = paths.find((each) => each.path === wanted)?.events ?? [];
    if (others.length === 0) return first;
    return t('conditions.event.others', { name: first, count: others.length });
  }
}
