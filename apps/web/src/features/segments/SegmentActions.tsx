import { ActionIcon, Button, Menu } from '@mantine/core';
import type { Job, SegmentDetail } from '@perennial/contracts';
import {
  IconArrowsSplit2,
  IconCirclesRelation,
  IconCopy,
  IconDots,
  IconDownload,
  IconEraser,
  IconListCheck,
  IconPencil,
  IconPlayerStop,
  IconRefresh,
  IconTrash,
  IconUsersMinus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useChange } from '../../app/data.ts';
import { useApi, useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { DeleteWithContacts } from './DeleteWithContacts.tsx';
import { ExportMembers } from './ExportMembers.tsx';
import { FreezeSegment } from './FreezeSegment.tsx';
import { pathOfUse } from './path-of-use.ts';
import { SplitList } from './SplitList.tsx';
import { UseIcon } from './UseIcon.tsx';
import { useComputing } from './use-computing.ts';
import { useCopySegment } from './use-copy-segment.ts';

/** What uses a segment, in its menu; all of it stands under Information. */
const MOST_USES = 5;

/** Copy, empty, delete: each can be taken back, so none asks first. What is larger has a dialog. */
export function SegmentActions({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const go = useGo();
  const to = useTo();
  const api = useApi();
  const mayWrite = useRight('segments.write');
  const mayDelete = useRight('contacts.write');
  const seesPersonal = useRight('contacts.read_personal');
  const mayExport = useRight('contacts.export') && seesPersonal;
  const [dialog, setDialog] = useState<'export' | 'split' | 'delete' | 'freeze'>();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const { id, name, size, kind, used_by: uses } = segment;
  const isList = kind === 'list';
  const archive = useChange(
    (calls, archived: boolean) => calls.patch(`/segments/${id}`, { archived }),
    ['/segments', '/contacts'],
  );
  const empty = useChange((calls) => calls.post<Job>(`/segments/${id}/empty`), ['/segments']);
  const computing = useComputing(segment);
  const duplicate = useCopySegment(segment);
  if (!(mayWrite || mayExport) || segment.archived_at) return null;

  const remove = () =>
    archive.mutate(true, {
      onError: showProblem,
      onSuccess: () => {
        go('segments');
        showUndo(t('segments.delete.done', { name }), () =>
          archive.mutate(false, { onError: showProblem }),
        );
      },
    });
  const clear = () =>
    empty.mutate(undefined, {
      onError: showProblem,
      onSuccess: (job) =>
        showUndo(t('segments.empty.done', { name, count: size }), () => {
          api.post(`/jobs/${job.id}/undo`).catch(showProblem);
        }),
    });
  const close = () => setDialog(undefined);
  const items = mayWrite ? (
    <>
      <Menu.Item leftSection={<IconCopy size={16} />} onClick={duplicate}>
        {t('segments.copy')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowsSplit2 size={16} />}
        disabled={size < 2}
        onClick={() => setDialog('split')}
      >
        {t('segments.split')}
      </Menu.Item>
      {isList ? (
        <Menu.Item leftSection={<IconEraser size={16} />} disabled={size === 0} onClick={clear}>
          {t('segments.empty')}
        </Menu.Item>
      ) : (
        <>
          <Menu.Item leftSection={<IconListCheck size={16} />} onClick={() => setDialog('freeze')}>
            {t('segments.freeze')}
          </Menu.Item>
          {computing.cancel ? (
            <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={computing.cancel}>
              {t('segments.recompute.cancel')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={computing.begin}>
              {t('segments.recompute')}
            </Menu.Item>
          )}
        </>
      )}
      <Menu.Item
        component={Link}
        to={to(`segments/overlap?ids=${id}`)}
        leftSection={<IconCirclesRelation size={16} />}
      >
        {t('segments.overlap')}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={16} />}
        disabled={uses.length > 0}
        onClick={remove}
      >
        {t('segments.delete', { kind })}
      </Menu.Item>
      {mayDelete ? (
        <Menu.Item
          color="red"
          leftSection={<IconUsersMinus size={16} />}
          disabled={uses.length > 0 || size === 0}
          onClick={() => setDialog('delete')}
        >
          {t('segments.deleteWith', { kind })}
        </Menu.Item>
      ) : null}
      {uses.length > 0 ? (
        <>
          <Menu.Label maw={240}>{t('segments.delete.used')}</Menu.Label>
          {uses.slice(0, MOST_USES).map((use) => (
            <Menu.Item
              key={`${use.kind} ${use.id}`}
              component={Link}
              to={to(pathOfUse(use))}
              leftSection={<UseIcon use={use} />}
              maw={320}
            >
              <span dir="auto">{use.name}</span>
            </Menu.Item>
          ))}
          {uses.length > MOST_USES ? (
            <Menu.Item component={Link} to={to(`segments/${id}/information`)}>
              {t('segments.delete.usedMore', { count: uses.length - MOST_USES })}
            </Menu.Item>
          ) : null}
        </>
      ) : null}
    </>
  ) : null;
  return (
    <>
      {isList || !mayWrite ? null : (
        <Button
          component={Link}
          to={to(`segments/${id}/edit`)}
          leftSection={<IconPencil size={16} />}
        >
          {t('segments.edit')}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('app.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayExport ? (
            <Menu.Item
              leftSection={<IconDownload size={16} />}
              disabled={size === 0}
              onClick={() => setDialog('export')}
            >
              {t('segments.export')}
            </Menu.Item>
          ) : null}
          {items}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'export' ? <ExportMembers segment={segment} onClose={close} /> : null}
      {dialog === 'freeze' ? <FreezeSegment segment={segment} onClose={close} /> : null}
      {dialog === 'split' ? <SplitList segment={segment} onClose={close} /> : null}
      {dialog === 'delete' ? <DeleteWithContacts segment={segment} onClose={close} /> : null}
    </>
  );
}
