import { Popover } from '@mantine/core';
import type { JsonObject } from '@perennial/conditions';
import { useState, type ReactNode } from 'react';
import { OfferList } from './OfferList.tsx';
import type { Vocabulary } from './vocabulary.ts';

interface AddConditionProps {
  vocabulary: Vocabulary;
  onAdd: (condition: JsonObject) => void;
  without?: string | undefined;
  /** The button; it is given what opens and shuts the list. */
  children: (toggle: () => void) => ReactNode;
}

/** A button that opens all that a condition can be about. */
export function AddCondition({ vocabulary, onAdd, without, children }: AddConditionProps) {
  const [opened, setOpened] = useState(false);
  // What was chosen is filled in next, so the focus goes there and not back to the button.
  const [chosen, setChosen] = useState(false);
  const toggle = () => {
    setChosen(false);
    setOpened(!opened);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={380}
      trapFocus
      returnFocus={!chosen}
    >
      <Popover.Target>{children(toggle)}</Popover.Target>
      <Popover.Dropdown p={0}>
        <OfferList
          vocabulary={vocabulary}
          without={without}
          onChoose={(condition) => {
            setChosen(true);
            setOpened(false);
            onAdd(condition);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
