import {
  ActionIcon,
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Job, SegmentDetail } from '@perennial/contracts';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { FormattedNumber } from 'react-intl';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useTray } from '../jobs/tray.ts';
import {
  evenParts,
  membersOf,
  MOST_PARTS,
  orderOf,
  problemOf,
  sumOf,
  type PartDraft,
  type SplitBy,
} from './split-draft.ts';
import classes from './Segments.module.css';

/** Names the new lists, and says how many members go into each, by chance. */
export function SplitList({ segment, onClose }: { segment: SegmentDetail; onClose: () => void }) {
  const t = useText();
  const tray = useTray();
  const { id, name, size } = segment;
  const even = (n: number, by: SplitBy) =>
    evenParts(n, { by, size, nameOf: (part) => t('segments.split.name', { name, n: part }) });
  const [by, setBy] = useState<SplitBy>('share');
  const [parts, setParts] = useState(() => even(2, 'share'));
  const split = useChange(
    (api) => api.post<Job>(`/segments/${id}/split`, orderOf(parts, by)),
    ['/segments', '/jobs'],
  );
  const problem = problemOf(parts, { by, size });
  const members = membersOf(parts, { by, size });
  const change = (at: number, part: Partial<PartDraft>) =>
    setParts(parts.map((each, n) => (n === at ? { ...each, ...part } : each)));
  /** Another number of parts is even again; names that were typed stay. */
  const renumber = (kept: PartDraft[], n: number) =>
    setParts(even(n, by).map((part, i) => ({ ...part, name: kept[i]?.name ?? part.name })));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    split.mutate(undefined, {
      onSuccess: (job) => {
        tray.follow(job.id);
        notifications.show({ message: t('segments.split.begun', { name, count: parts.length }) });
        onClose();
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('segments.split.title', { name })} size={560}>
      <form className={classes.form} onSubmit={submit}>
        <p className={classes.muted}>{t('segments.split.hint', { count: size })}</p>
        <SegmentedControl
          aria-label={t('segments.split.by')}
          value={by}
          onChange={(next) => {
            setBy(next);
            const names = parts.map((part) => part.name);
            setParts(even(parts.length, next).map((part, i) => ({ ...part, name: names[i]! })));
          }}
          data={[
            { value: 'share', label: t('segments.split.by.share') },
            { value: 'size', label: t('segments.split.by.size') },
          ]}
        />
        <ul className={classes.parts}>
          {parts.map((part, at) => (
            <li key={at} className={classes.part}>
              <TextInput
                {...(at === 0 && { 'data-autofocus': true })}
                aria-label={t('segments.split.nameLabel', { n: at + 1 })}
                value={part.name}
                maxLength={200}
                dir="auto"
                onChange={(event) => change(at, { name: event.currentTarget.value })}
              />
              <NumberInput
                aria-label={t(`segments.split.part.${by}`, { n: at + 1 })}
                value={part.part}
                min={0}
                max={by === 'share' ? 100 : size}
                decimalScale={by === 'share' ? 2 : 0}
                allowNegative={false}
                suffix={by === 'share' ? ' %' : ''}
                placeholder={by === 'size' ? t('segments.split.rest') : ''}
                onChange={(next) => change(at, { part: typeof next === 'number' ? next : '' })}
              />
              <span className={classes.partSize}>
                {members[at] === undefined ? '' : <FormattedNumber value={members[at]} />}
              </span>
              <ActionIcon
                size={28}
                disabled={parts.length <= 2}
                aria-label={t('segments.split.remove', { name: part.name })}
                onClick={() => renumber(parts.toSpliced(at, 1), parts.length - 1)}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <Group justify="space-between" gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            disabled={parts.length >= MOST_PARTS}
            onClick={() => renumber(parts, parts.length + 1)}
          >
            {t('segments.split.add')}
          </Button>
          <span role="status" className={classes.problem}>
            {problem ? t(`segments.split.problem.${problem}`, { sum: sumOf(parts), size }) : null}
          </span>
        </Group>
        {split.error ? (
          <Alert color="red" variant="light">
            {problemWords(split.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={problem !== undefined} loading={split.isPending}>
            {t('segments.split.go', { count: parts.length })}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
