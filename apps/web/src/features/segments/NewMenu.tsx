import { Button, Menu } from '@mantine/core';
import { IconBolt, IconChevronDown, IconList } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './Segments.module.css';

/** Makes a dynamic segment, or a list. */
export function NewMenu({ onList }: { onList: () => void }) {
  const t = useText();
  const to = useTo();
  return (
    <Menu width={280}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />}>{t('segments.make')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
          to={to('segments/new?kind=dynamic')}
          leftSection={<IconBolt size={16} />}
        >
          {t('segments.make.dynamic')}
          <span className={classes.choiceHint}>{t('segments.make.dynamicHint')}</span>
        </Menu.Item>
        <Menu.Item leftSection={<IconList size={16} />} onClick={onList}>
          {t('segments.make.list')}
          <span className={classes.choiceHint}>{t('segments.make.listHint')}</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
