import { Button, CloseButton, Popover, UnstyledButton } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useText } from '../../../app/text.tsx';
import { ConditionForm } from './ConditionForm.tsx';
import { draftFrom } from './condition-draft.ts';
import { conditionsOf, filterOf, type FilterNode } from './filter.ts';
import type { ConditionWords } from './use-condition-words.ts';
import classes from './ContactList.module.css';

/** Escape first shuts a list that is open in the form, then the form. */
function escaping(close: () => void) {
  return ({ key, target }: KeyboardEvent<HTMLElement>) => {
    const listIsOpen = (target as HTMLElement).getAttribute('aria-expanded') === 'true';
    if (key === 'Escape' && !listIsOpen) close();
  };
}

interface FilterChipsProps {
  words: ConditionWords;
  filter: string;
  onChange: (filter: string) => void;
}

/** Conditions that all must hold, each a sentence that opens its form. */
export function FilterChips({ words, filter, onChange }: FilterChipsProps) {
  const conditions = conditionsOf(filter);
  const put = (index: number, condition: FilterNode) =>
    onChange(filterOf(conditions.toSpliced(index, 1, condition)));
  return (
    <>
      {conditions.map((condition, index) => (
        <ConditionChip
          // oxlint-disable-next-line react/no-array-index-key -- conditions have no name, and equal ones may stand twice
          key={index}
          words={words}
          condition={condition}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange(filterOf(conditions.toSpliced(index, 1)))}
        />
      ))}
      <AddCondition words={words} onAdd={(condition) => put(conditions.length, condition)} />
    </>
  );
}

interface ConditionChipProps {
  words: ConditionWords;
  condition: FilterNode;
  onChange: (condition: FilterNode) => void;
  onRemove: () => void;
}

function ConditionChip({ words, condition, onChange, onRemove }: ConditionChipProps) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const said = words.say(condition);
  const draft = draftFrom(condition, words.subjects);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      closeOnEscape={false}
    >
      <div className={classes.chip}>
        <Popover.Target>
          <UnstyledButton
            className={classes.chipText}
            title={said}
            dir="auto"
            disabled={!draft}
            onClick={() => setOpened(!opened)}
          >
            {words.ready ? said : '…'}
          </UnstyledButton>
        </Popover.Target>
        <CloseButton
          size="xs"
          aria-label={t('contacts.filter.remove', { condition: said })}
          onClick={onRemove}
        />
      </div>
      <Popover.Dropdown p="sm" w={320} onKeyDownCapture={escaping(() => setOpened(false))}>
        <ConditionForm
          words={words}
          initial={draft}
          onDone={(changed) => {
            setOpened(false);
            onChange(changed);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function AddCondition({
  words,
  onAdd,
}: {
  words: ConditionWords;
  onAdd: (condition: FilterNode) => void;
}) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      returnFocus
      closeOnEscape={false}
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconFilterPlus size={16} />}
          onClick={() => setOpened(!opened)}
        >
          {t('contacts.filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" w={320} onKeyDownCapture={escaping(() => setOpened(false))}>
        <ConditionForm
          words={words}
          initial={undefined}
          onDone={(condition) => {
            setOpened(false);
            onAdd(condition);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
