import { ActionIcon, Kbd, Menu, Tooltip } from '@mantine/core';
import { IconApi, IconHelpCircle, IconKeyboard } from '@tabler/icons-react';
import { useText } from './text.tsx';

export function HelpMenu({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const t = useText();
  return (
    <Menu width={220}>
      <Menu.Target>
        <Tooltip label={t('app.help')}>
          <ActionIcon size={32} aria-label={t('app.help')}>
            <IconHelpCircle size={20} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconKeyboard size={16} />}
          rightSection={<Kbd>?</Kbd>}
          onClick={onShowShortcuts}
        >
          {t('app.help.shortcuts')}
        </Menu.Item>
        <Menu.Item leftSection={<IconApi size={16} />} component="a" href="/docs" target="_blank">
          {t('app.help.api')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
