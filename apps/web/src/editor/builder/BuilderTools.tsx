import { ActionIcon, Tooltip } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconKeyboard,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import classes from './Builder.module.css';

interface BuilderToolsProps {
  draft: { undo: () => void; redo: () => void; canUndo: boolean; canRedo: boolean };
  hasPalette: boolean;
  onPalette: () => void;
  onTidy: () => void;
  onFind: () => void;
  onSheet: () => void;
}

/** The tools that stand above the canvas. */
export function BuilderTools(props: BuilderToolsProps) {
  const { draft, hasPalette, onPalette, onTidy, onFind, onSheet } = props;
  const t = useText();
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl ';
  const tools = [
    {
      label: t('builder.tool.undo'),
      key: `${mod}Z`,
      icon: IconArrowBackUp,
      run: draft.undo,
      off: !draft.canUndo,
    },
    {
      label: t('builder.tool.redo'),
      key: `${mod}Shift Z`,
      icon: IconArrowForwardUp,
      run: draft.redo,
      off: !draft.canRedo,
    },
    { label: t('builder.tool.tidy'), key: 'T', icon: IconSitemap, run: onTidy },
    { label: t('builder.tool.find'), key: '/', icon: IconSearch, run: onFind },
    { label: t('builder.tool.shortcuts'), key: '?', icon: IconKeyboard, run: onSheet },
  ];
  return (
    <>
      {hasPalette ? null : (
        <div className={classes.paletteToggle}>
          <Tooltip label={t('builder.palette.show')} position="right">
            <ActionIcon aria-label={t('builder.palette.show')} onClick={onPalette}>
              <IconLayoutSidebarLeftExpand size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
      <div className={classes.tools} role="toolbar" aria-label={t('builder.tools')}>
        {tools.map(({ label, key, icon: Glyph, run, off = false }) => (
          <Tooltip key={label} label={`${label} (${key})`} position="bottom">
            <ActionIcon aria-label={label} disabled={off} onClick={run}>
              <Glyph size={16} />
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
    </>
  );
}
