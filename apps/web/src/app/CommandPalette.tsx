import '@mantine/spotlight/styles.layer.css';
import { Kbd } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { usePaletteGroups } from './palette-groups.tsx';
import { useText } from './text.tsx';
import classes from './CommandPalette.module.css';

/** Finds pages, contacts, objects and actions: Ctrl K or ⌘ K anywhere. */
export function CommandPalette() {
  const t = useText();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 150);
  const groups = usePaletteGroups(query.trim(), asked);
  const empty = groups.every((group) => group.actions.length === 0);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      size={620}
      maxHeight="min(560px, 72dvh)"
      scrollable
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      clearQueryOnClose
      classNames={{
        content: classes.content ?? '',
        search: classes.search ?? '',
        actionsList: classes.list ?? '',
        actionsGroup: classes.group ?? '',
        action: classes.action ?? '',
      }}
    >
      <Spotlight.Search
        placeholder={t('app.palette.placeholder')}
        aria-label={t('app.palette.placeholder')}
        leftSection={<IconSearch size={20} stroke={1.5} />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) =>
          group.actions.length === 0 ? null : (
            <Spotlight.ActionsGroup key={group.label} label={group.label}>
              {group.actions.map((action) => (
                <Spotlight.Action
                  key={action.id}
                  label={action.label}
                  description={action.description ?? ''}
                  leftSection={action.icon}
                  onClick={action.run}
                />
              ))}
            </Spotlight.ActionsGroup>
          ),
        )}
        {empty ? <Spotlight.Empty>{t('app.palette.empty', { query })}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
      <div className={classes.foot}>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('app.palette.navigate')}
        </span>
        <span>
          <Kbd>↵</Kbd> {t('app.palette.open')}
        </span>
      </div>
    </Spotlight.Root>
  );
}
