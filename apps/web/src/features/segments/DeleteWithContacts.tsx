import { notifications } from '@mantine/notifications';
import type { Job, SegmentDetail } from '@perennial/contracts';
import { TypedConfirm } from '@perennial/ui';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useTray } from '../jobs/tray.ts';
import classes from './Segments.module.css';

/** Says how many contacts go with the list, and asks for its name. */
export function DeleteWithContacts({
  segment: { id, name, size },
  onClose,
}: {
  segment: SegmentDetail;
  onClose: () => void;
}) {
  const t = useText();
  const go = useGo();
  const tray = useTray();
  const showProblem = useShowProblem();
  const remove = useChange(
    (api) => api.post<Job>(`/segments/${id}/delete_with_contacts`, { name }),
    ['/segments', '/jobs'],
  );
  const confirm = () =>
    remove.mutate(undefined, {
      onError: showProblem,
      onSuccess: (job) => {
        tray.follow(job.id);
        notifications.show({ message: t('segments.deleteWith.done', { name, count: size }) });
        go('segments');
      },
    });
  return (
    <TypedConfirm
      opened
      title={t('segments.deleteWith.title', { name })}
      phrase={name}
      confirmLabel={t('segments.deleteWith.go', { count: size })}
      pending={remove.isPending}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p className={classes.said}>{t('segments.deleteWith.what', { count: size })}</p>
      <p className={classes.muted}>{t('segments.deleteWith.undo')}</p>
    </TypedConfirm>
  );
}
