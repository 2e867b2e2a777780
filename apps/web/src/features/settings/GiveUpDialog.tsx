import { TypedConfirm } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';

interface GiveUpDialogProps {
  ids: readonly string[];
  onDone: () => void;
  onClose: () => void;
}

/** Deleting dead events cannot be undone, so their number is typed. */
export function GiveUpDialog({ ids, onDone, onClose }: GiveUpDialogProps) {
  const t = useText();
  const intl = useIntl();
  const showProblem = useShowProblem();
  const remove = useChange((api) => api.post('/dead_events/delete', { ids }), ['/dead_events']);
  return (
    <TypedConfirm
      opened
      title={t('settings.system.delete.title', { count: ids.length })}
      phrase={intl.formatNumber(ids.length)}
      confirmLabel={t('settings.system.delete')}
      pending={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(undefined, {
          onError: showProblem,
          onSuccess: onDone,
          onSettled: onClose,
        })
      }
    >
      {t('settings.system.delete.detail')}
    </TypedConfirm>
  );
}
