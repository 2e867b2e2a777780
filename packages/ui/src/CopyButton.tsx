import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useClipboard } from './use-clipboard.ts';
import { useUiText } from './use-ui-text.ts';

/** An icon button that copies. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const text = useUiText();
  const { copied, copy } = useClipboard();
  const name = label ?? text('ui.copy');
  return (
    <Tooltip label={copied ? text('ui.copied') : name}>
      <ActionIcon aria-label={name} onClick={() => void copy(value)}>
        {copied ? <IconCheck size={16} color="var(--p-accent)" /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
