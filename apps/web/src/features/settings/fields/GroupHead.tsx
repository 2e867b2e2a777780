import { ActionIcon, Menu, TextInput, Tooltip } from '@mantine/core';
import type { FieldGroup } from '@perennial/contracts';
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import classes from './Fields.module.css';

interface GroupHeadProps {
  /** Null: of the fields in no group, or of those that every workspace has. */
  group: FieldGroup | null;
  title: string;
  count: number;
  /** Swaps it with its neighbour; left out where the order cannot be changed. */
  onStep?: (step: 1 | -1) => void;
}

/** The name of a group, with what can be done with it. */
export function GroupHead({ group, title, count, onStep }: GroupHeadProps) {
  const [renaming, setRenaming] = useState(false);
  return (
    <header className={classes.group}>
      {group && renaming ? (
        <Rename group={group} onClose={() => setRenaming(false)} />
      ) : (
        <h2 className={classes.groupName} dir="auto">
          {title}
        </h2>
      )}
      <span className={classes.count}>{count}</span>
      {group && onStep ? (
        <GroupMenu group={group} onStep={onStep} onRename={() => setRenaming(true)} />
      ) : null}
    </header>
  );
}

function Rename({ group, onClose }: { group: FieldGroup; onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState(group.name);
  const rename = useChange(
    (api, next: string) => api.patch(`/fields/groups/${group.id}`, { name: next }),
    ['/fields'],
  );
  const keep = () => {
    const next = name.trim();
    if (next === '' || next === group.name) onClose();
    else rename.mutate(next, { onSuccess: onClose });
  };
  return (
    <TextInput
      autoFocus
      size="xs"
      aria-label={t('settings.fields.group.rename')}
      value={name}
      maxLength={100}
      error={rename.error?.detail}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') onClose();
      }}
    />
  );
}

interface GroupMenuProps {
  group: FieldGroup;
  onStep: (step: 1 | -1) => void;
  onRename: () => void;
}

function GroupMenu({ group, onStep, onRename }: GroupMenuProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const remove = useChange((api) => api.delete(`/fields/groups/${group.id}`), ['/fields']);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Tooltip label={t('settings.fields.group.actions', { group: group.name })}>
          <ActionIcon
            size={24}
            aria-label={t('settings.fields.group.actions', { group: group.name })}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
          {t('settings.fields.group.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowUp size={16} />} onClick={() => onStep(-1)}>
          {t('settings.fields.group.up')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={16} />} onClick={() => onStep(1)}>
          {t('settings.fields.group.down')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          onClick={() => remove.mutate(undefined, { onError: showProblem })}
        >
          {t('settings.fields.group.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
