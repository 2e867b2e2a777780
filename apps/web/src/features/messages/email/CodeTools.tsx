import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { CodeEditorHandle } from '@perennial/ui';
import { IconCode, IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useText } from '../../../app/text.tsx';
import classes from './EmailBody.module.css';

interface CodeToolsProps {
  editor: RefObject<CodeEditorHandle | null>;
  mayFormat: boolean;
}

/** What the keyboard does in the editor too. */
export function CodeTools({ editor, mayFormat }: CodeToolsProps) {
  const t = useText();
  return (
    <div className={classes.tools}>
      {mayFormat ? (
        <Tooltip label={t('messages.code.format.hint')}>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconCode size={16} />}
            onClick={() => editor.current?.format()}
          >
            {t('messages.code.format')}
          </Button>
        </Tooltip>
      ) : null}
      <Tooltip label={t('messages.code.find')}>
        <ActionIcon
          aria-label={t('messages.code.find')}
          onClick={() => editor.current?.openSearch()}
        >
          <IconSearch size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
