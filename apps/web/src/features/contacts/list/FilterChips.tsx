import { Button, CloseButton, Group, Popover, UnstyledButton } from '@mantine/core';
import { checkNode, contactConditions, type JsonObject } from '@perennial/conditions';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import { ConditionForm, hasForm } from '../../conditions/ConditionForm.tsx';
import { NotToggle } from '../../conditions/NotToggle.tsx';
import { OfferList } from '../../conditions/OfferList.tsx';
import { useConditionWords, type ConditionWords } from '../../conditions/use-condition-words.ts';
import { useVocabulary } from '../../conditions/use-vocabulary.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { conditionsOf, filterOf, type FilterNode } from './filter.ts';
import classes from './ContactList.module.css';

interface FilterChipsProps {
  filter: string;
  onChange: (filter: string) => void;
}

/** Conditions that all must hold, each a sentence that opens its form. */
export function FilterChips({ filter, onChange }: FilterChipsProps) {
  const { vocabulary } = useVocabulary();
  const words = useConditionWords(vocabulary);
  const conditions = conditionsOf(filter);
  const put = (index: number, condition: FilterNode) =>
    onChange(filterOf(conditions.toSpliced(index, 1, condition)));
  return (
    <>
      {conditions.map((condition, index) => (
        <ConditionChip
          // oxlint-disable-next-line react/no-array-index-key -- conditions have no name, and equal ones may stand twice
          key={index}
          vocabulary={vocabulary}
          words={words}
          node={condition}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange(filterOf(conditions.toSpliced(index, 1)))}
        />
      ))}
      <AddFilter
        vocabulary={vocabulary}
        words={words}
        onAdd={(condition) => put(conditions.length, condition)}
      />
    </>
  );
}

interface ConditionChipProps {
  vocabulary: Vocabulary | undefined;
  words: ConditionWords;
  node: FilterNode;
  onChange: (node: FilterNode) => void;
  onRemove: () => void;
}

function ConditionChip({ vocabulary, words, node, onChange, onRemove }: ConditionChipProps) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const said = words.say(node) ?? (vocabulary ? JSON.stringify(node) : '…');
  const condition = plainOf(node);
  return (
    <FilterPopover opened={opened} onChange={setOpened}>
      <div className={classes.chip}>
        <Popover.Target>
          <UnstyledButton
            className={classes.chipText}
            title={said}
            dir="auto"
            disabled={!hasForm(condition)}
            onClick={() => setOpened(!opened)}
          >
            {said}
          </UnstyledButton>
        </Popover.Target>
        <CloseButton
          size="xs"
          aria-label={t('contacts.filter.remove', { condition: said })}
          onClick={onRemove}
        />
      </div>
      <FilterDropdown onEscape={() => setOpened(false)}>
        {vocabulary ? (
          <FilterForm
            vocabulary={vocabulary}
            words={words}
            node={node}
            onDone={(changed) => {
              setOpened(false);
              onChange(changed);
            }}
          />
        ) : null}
      </FilterDropdown>
    </FilterPopover>
  );
}

interface AddFilterProps {
  vocabulary: Vocabulary | undefined;
  words: ConditionWords;
  onAdd: (node: FilterNode) => void;
}

/** First what it is about, then what it asks. */
function AddFilter({ vocabulary, words, onAdd }: AddFilterProps) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const [begun, setBegun] = useState<JsonObject>();
  const open = (next: boolean) => {
    setOpened(next);
    if (next) setBegun(undefined);
  };
  return (
    <FilterPopover opened={opened} onChange={open}>
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconFilterPlus size={16} />}
          onClick={() => open(!opened)}
        >
          {t('contacts.filter.add')}
        </Button>
      </Popover.Target>
      <FilterDropdown onEscape={() => setOpened(false)} flush={begun === undefined}>
        {begun === undefined ? (
          <OfferList vocabulary={vocabulary} types={contactConditions} onChoose={setBegun} />
        ) : null}
        {vocabulary && begun !== undefined ? (
          <FilterForm
            vocabulary={vocabulary}
            words={words}
            node={begun}
            onDone={(condition) => {
              setOpened(false);
              onAdd(condition);
            }}
          />
        ) : null}
      </FilterDropdown>
    </FilterPopover>
  );
}

interface FilterFormProps {
  vocabulary: Vocabulary;
  words: ConditionWords;
  node: FilterNode;
  onDone: (node: FilterNode) => void;
}

/** A condition that counts only when it is applied: each change would ask for all contacts. */
function FilterForm({ vocabulary, words, node, onDone }: FilterFormProps) {
  const t = useText();
  const [negated, setNegated] = useState('not' in node);
  const [condition, setCondition] = useState(() => plainOf(node));
  const isFinished = checkNode(condition, { ...vocabulary.check, types: contactConditions }).ok;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isFinished) onDone(negated ? { not: condition } : condition);
  };
  return (
    <form className={classes.form} onSubmit={submit} ref={focusFirst}>
      <ConditionForm
        condition={condition}
        onChange={setCondition}
        vocabulary={vocabulary}
        words={words}
        allowsEvent={false}
      />
      <Group justify="space-between">
        <NotToggle on={negated} onChange={setNegated} />
        <Button type="submit" size="xs" disabled={!isFinished}>
          {t('contacts.filter.apply')}
        </Button>
      </Group>
    </form>
  );
}

/** What is to be filled in comes first: the rest has a good value already. */
function focusFirst(form: HTMLFormElement | null): void {
  const inputs = [...(form?.querySelectorAll('input') ?? [])];
  (inputs.find((input) => input.value === '') ?? inputs[0])?.focus();
}

function plainOf(node: FilterNode): JsonObject {
  return 'not' in node ? (node['not'] as JsonObject) : node;
}

interface FilterPopoverProps {
  opened: boolean;
  onChange: (opened: boolean) => void;
  children: React.ReactNode;
}

function FilterPopover({ opened, onChange, children }: FilterPopoverProps) {
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      position="bottom-start"
      trapFocus
      returnFocus
      closeOnEscape={false}
    >
      {children}
    </Popover>
  );
}

interface FilterDropdownProps {
  onEscape: () => void;
  flush?: boolean;
  children: React.ReactNode;
}

/** Escape first shuts a list that is open in the form, then the form. */
function FilterDropdown({ onEscape, flush = false, children }: FilterDropdownProps) {
  const onKeyDown = ({ key, target }: KeyboardEvent<HTMLElement>) => {
    const listIsOpen = (target as HTMLElement).getAttribute('aria-expanded') === 'true';
    if (key === 'Escape' && (!listIsOpen || flush)) onEscape();
  };
  return (
    <Popover.Dropdown p={flush ? 0 : 'sm'} w={flush ? 380 : 460} onKeyDownCapture={onKeyDown}>
      {children}
    </Popover.Dropdown>
  );
}
