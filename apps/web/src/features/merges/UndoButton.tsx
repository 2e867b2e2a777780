import { Button, Tooltip } from '@mantine/core';
import type { Merge } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';

interface UndoButtonProps {
  merge: Merge;
  /** For screen readers, where the row does not say which merge it is. */
  label?: string;
  onUndo: (merge: Merge) => void;
}

/** Leads to the undoing of a merge, or says what stands against it. */
export function UndoButton({ merge, label, onUndo }: UndoButtonProps) {
  const t = useText();
  const { survivor, survivor_is: state } = merge;
  const words = t('merges.undo');
  const isPossible = state === 'there';
  return (
    <Tooltip
      events={{ hover: true, focus: true, touch: true }}
      label={isPossible ? null : t(`merges.undo.not.${state}`, { survivor })}
      disabled={isPossible}
      multiline
      maw={280}
    >
      <Button
        size="compact-xs"
        variant="subtle"
        {...(label && { 'aria-label': `${words}: ${label}` })}
        {...(isPossible ? {} : { 'data-disabled': true, 'aria-disabled': true })}
        onClick={(event) => {
          // The row behind it opens something else.
          event.stopPropagation();
          if (isPossible) onUndo(merge);
        }}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
