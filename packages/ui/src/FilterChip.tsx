import { Checkbox, CloseButton, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { FormattedNumber, useIntl } from 'react-intl';
import { useUiText } from './use-ui-text.ts';
import classes from './FilterChip.module.css';

export interface FilterOption {
  value: string;
  label: string;
  icon?: ReactNode;
  count?: number | undefined;
}

interface FilterChipProps {
  label: string;
  options: readonly FilterOption[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Choosing one replaces the other. */
  single?: boolean;
  /** Said while nothing is chosen: what then holds. */
  unset?: string;
  /** The option that holds while nothing is chosen; choosing it clears the filter. */
  fallback?: string;
}

/** A filter that reads as a sentence: "Status: delivered or opened". */
export function FilterChip({
  label,
  options,
  value,
  onChange,
  single,
  unset,
  fallback,
}: FilterChipProps) {
  const intl = useIntl();
  const text = useUiText();
  const [opened, setOpened] = useState(false);
  const names = value.map((each) => options.find((option) => option.value === each)?.label ?? each);
  const holds = options.find((option) => option.value === fallback)?.label ?? unset;
  const choose = (choice: string) => {
    if (single) setOpened(false);
    onChange(choice === fallback ? [] : next(value, choice, single));
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <div className={classes.chip} data-on={value.length > 0 || undefined}>
        <Popover.Target>
          <UnstyledButton className={classes.button} onClick={() => setOpened(!opened)}>
            <span className={classes.label}>{label}</span>
            {names.length > 0 ? (
              <span className={classes.value}>
                {intl.formatList(names, { type: 'disjunction' })}
              </span>
            ) : (
              <>
                {holds ? <span className={classes.unset}>{holds}</span> : null}
                <IconChevronDown size={14} aria-hidden />
              </>
            )}
          </UnstyledButton>
        </Popover.Target>
        {value.length > 0 ? (
          <CloseButton
            size="xs"
            aria-label={text('ui.clearFilter', { label })}
            onClick={() => onChange([])}
          />
        ) : null}
      </div>
      <Popover.Dropdown p="xs" w={260}>
        <OptionList
          options={options}
          value={value.length === 0 && fallback !== undefined ? [fallback] : value}
          choose={choose}
          single={single}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function next(value: readonly string[], choice: string, single: boolean | undefined): string[] {
  if (value.includes(choice)) return value.filter((each) => each !== choice);
  return single ? [choice] : [...value, choice];
}

interface OptionListProps {
  options: readonly FilterOption[];
  value: readonly string[];
  choose: (value: string) => void;
  single: boolean | undefined;
}

const searchFrom = 9;

function OptionList({ options, value, choose, single }: OptionListProps) {
  const text = useUiText();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLocaleLowerCase();
  const shown = options.filter((option) => option.label.toLocaleLowerCase().includes(wanted));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, target } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      step(event.currentTarget, target, key === 'ArrowDown' ? 1 : -1);
    }
    if (key !== 'Enter') return;
    event.preventDefault();
    const pointed =
      (target as HTMLElement).dataset['option'] ?? (wanted ? shown[0]?.value : undefined);
    if (pointed !== undefined) choose(pointed);
  };
  return (
    <div onKeyDown={onKeyDown}>
      {options.length >= searchFrom ? (
        <TextInput
          size="xs"
          mb="xs"
          placeholder={text('ui.filter.search')}
          aria-label={text('ui.filter.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      ) : null}
      <div className={classes.options}>
        {shown.map((option) => (
          <label key={option.value} className={classes.option}>
            <Checkbox
              radius={single ? 'xl' : 'xs'}
              checked={value.includes(option.value)}
              data-option={option.value}
              onChange={() => choose(option.value)}
              aria-label={option.label}
            />
            {option.icon}
            <span className={classes.optionLabel}>{option.label}</span>
            {option.count === undefined ? null : (
              <span className={classes.count}>
                <FormattedNumber value={option.count} />
              </span>
            )}
          </label>
        ))}
        {shown.length === 0 ? <p className={classes.none}>{text('ui.filter.none')}</p> : null}
      </div>
    </div>
  );
}

/** Arrows go through the search box and the options, and stop at the ends. */
function step(list: HTMLElement, from: EventTarget, by: 1 | -1): void {
  const inputs = [...list.querySelectorAll<HTMLElement>('input')];
  inputs[inputs.indexOf(from as HTMLElement) + by]?.focus();
}
