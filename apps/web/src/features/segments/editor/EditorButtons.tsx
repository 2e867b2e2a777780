import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import type { DraftWork } from './use-draft.ts';
import classes from './Editor.module.css';

/** Takes a change of the rule back, and does it again. */
export function UndoButtons({ work }: { work: DraftWork }) {
  const t = useText();
  return (
    <>
      <Tooltip label={t('segments.editor.undo')}>
        <ActionIcon
          size={32}
          aria-label={t('segments.editor.undo')}
          disabled={!work.canUndo}
          onClick={work.undo}
        >
          <IconArrowBackUp size={16} className={classes.arrow ?? ''} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('segments.editor.redo')}>
        <ActionIcon
          size={32}
          aria-label={t('segments.editor.redo')}
          disabled={!work.canRedo}
          onClick={work.redo}
        >
          <IconArrowForwardUp size={16} className={classes.arrow ?? ''} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface ViewSwitchProps {
  isCode: boolean;
  mayBeCards: boolean;
  onCode: () => void;
  onCards: () => void;
}

/** Cards or JSON: the same rule. */
export function ViewSwitch({ isCode, mayBeCards, onCode, onCards }: ViewSwitchProps) {
  const t = useText();
  return (
    <SegmentedControl
      aria-label={t('segments.editor.view')}
      value={isCode ? 'code' : 'cards'}
      onChange={(view) => (view === 'code' ? onCode() : onCards())}
      data={[
        { value: 'cards', label: t('segments.editor.view.cards'), disabled: !mayBeCards },
        { value: 'code', label: t('segments.editor.view.code') },
      ]}
    />
  );
}
