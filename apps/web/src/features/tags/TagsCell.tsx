import { ActionIcon, Button, Group, Popover, UnstyledButton } from '@mantine/core';
import { IconTagPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { TagsField } from '../segments/TagsField.tsx';
import classes from './Tags.module.css';

interface TagsCellProps {
  /** Whose tags: its address in the API, and its name. */
  path: string;
  name: string;
  tags: readonly string[];
  readOnly: boolean;
  /** How many are written out; the rest is a number. */
  most?: number;
}

/** The tags of a thing in a list; a click changes them there. */
export function TagsCell({ path, name, tags, readOnly, most = 2 }: TagsCellProps) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const words = <Words tags={tags} most={most} />;
  if (readOnly) return words;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={300}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        {tags.length > 0 ? (
          <UnstyledButton
            className={classes.edit}
            aria-label={t('tags.cell.edit', { name })}
            onClick={() => setOpened(!opened)}
          >
            {words}
          </UnstyledButton>
        ) : (
          <ActionIcon
            className={classes.add ?? ''}
            data-opened={opened || undefined}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('tags.cell.edit', { name })}
            title={t('tags.cell.add')}
            onClick={() => setOpened(!opened)}
          >
            <IconTagPlus size={16} />
          </ActionIcon>
        )}
      </Popover.Target>
      <Popover.Dropdown onClick={(event) => event.stopPropagation()}>
        <TagsForm path={path} tags={tags} onClose={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Words({ tags, most }: { tags: readonly string[]; most: number }) {
  const t = useText();
  return (
    <span className={classes.words} title={tags.length > most ? tags.join(', ') : undefined}>
      {tags.slice(0, most).map((tag) => (
        <span key={tag} className={classes.tag} dir="auto">
          {tag}
        </span>
      ))}
      {tags.length > most ? (
        <span className={classes.more}>{t('tags.cell.more', { n: tags.length - most })}</span>
      ) : null}
    </span>
  );
}

interface TagsFormProps {
  path: string;
  tags: readonly string[];
  onClose: () => void;
}

function TagsForm({ path, tags, onClose }: TagsFormProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const [chosen, setChosen] = useState([...tags]);
  const save = useChange<string[]>(
    (api, next) => api.patch(path, { tags: next }),
    [path.slice(0, path.lastIndexOf('/')), '/tags'],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(chosen, { onSuccess: onClose, onError: showProblem });
      }}
    >
      <TagsField
        label={t('tags.cell.label')}
        placeholder={t('tags.cell.placeholder')}
        inPopover
        value={chosen}
        onChange={setChosen}
      />
      <Group justify="flex-end" gap={8} mt={12}>
        <Button variant="default" size="xs" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" size="xs" loading={save.isPending}>
          {t('app.save')}
        </Button>
      </Group>
    </form>
  );
}
