import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { memo } from 'react';
import { useText } from '../../app/text.tsx';
import classes from './Canvas.module.css';

/** Zoom and fit. */
export const CanvasControls = memo(function CanvasControls() {
  const t = useText();
  const flow = useReactFlow();
  const controls = [
    { label: t('workflows.canvas.zoomIn'), icon: IconPlus, run: () => flow.zoomIn() },
    { label: t('workflows.canvas.zoomOut'), icon: IconMinus, run: () => flow.zoomOut() },
    {
      label: t('workflows.canvas.fit'),
      icon: IconFocusCentered,
      run: () => flow.fitView({ padding: 0.12, maxZoom: 1, duration: 200 }),
    },
  ];
  return (
    <Panel position="bottom-left" className={classes.controls ?? ''}>
      {controls.map(({ label, icon: Glyph, run }) => (
        <Tooltip key={label} label={label} position="right">
          <ActionIcon aria-label={label} onClick={() => void run()}>
            <Glyph size={16} />
          </ActionIcon>
        </Tooltip>
      ))}
    </Panel>
  );
});
