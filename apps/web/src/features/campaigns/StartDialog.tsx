import { Alert, List } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Campaign, CampaignPreview } from '@perennial/contracts';
import { SkeletonLines, TypedConfirm } from '@perennial/ui';
import { useChange, useRead } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { LeftOut } from './LeftOut.tsx';
import classes from './Campaigns.module.css';
import { ErrorsBeforeStart } from './CampaignChecks.tsx';

interface StartDialogProps {
  campaign: Campaign;
  onClose: () => void;
}

/** Says what will happen to whom before it does; what sends at once asks to type the number. */
export function StartDialog({ campaign, onClose }: StartDialogProps) {
  const t = useText();
  const { id, name, schedule } = campaign;
  const preview = useRead<CampaignPreview>(`/campaigns/${id}/preview`);
  const start = useChange<void, Campaign>(
    (api) => api.post(`/campaigns/${id}/start`, {}),
    ['/campaigns'],
  );
  const go = () =>
    start.mutate(undefined, {
      onSuccess: (after) => {
        const text = after.state === 'running' ? 'campaigns.started' : 'campaigns.scheduled';
        notifications.show({ message: t(text) });
        onClose();
      },
    });
  const title = t('campaigns.start.title', { name });
  const { data } = preview;
  const refusal = start.error ?? preview.error;
  const problem = refusal ? problemWords(refusal, t).detail : null;
  const blocked = !data || data.errors.length > 0;
  if (blocked || schedule.kind !== 'now') {
    return (
      <FormDialog
        title={title}
        action={t(schedule.kind === 'now' ? 'campaigns.start' : 'campaigns.schedule')}
        ready={!blocked}
        pending={start.isPending}
        problem={problem}
        onClose={onClose}
        onSubmit={go}
      >
        {data || preview.error ? null : <SkeletonLines />}
        {data && !blocked ? <span>{t('campaigns.start.later')}</span> : null}
        <ErrorsBeforeStart campaign={campaign} />
        {data && blocked ? (
          <Alert variant="light" color="red" title={t('campaigns.errors')}>
            <List size="sm">
              {data.errors.map(({ path, message }) => (
                <List.Item key={path + message}>{message}</List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
      </FormDialog>
    );
  }
  const { eligible, asked, reachable } = data;
  const isSampled = asked < eligible;
  const reached = isSampled ? Math.round((reachable / Math.max(1, asked)) * eligible) : reachable;
  return (
    <TypedConfirm
      opened
      title={title}
      phrase={String(reached)}
      confirmLabel={t('campaigns.start')}
      pending={start.isPending}
      onClose={onClose}
      onConfirm={go}
    >
      {isSampled
        ? t('campaigns.start.about', { n: reached, eligible })
        : t('campaigns.start.detail', { n: reached, left: eligible - reached })}
      <div className={classes.leftOut}>
        <LeftOut preview={data} />
      </div>
      <ErrorsBeforeStart campaign={campaign} />
      {problem ? (
        <Alert variant="light" color="red" mt="md">
          {problem}
        </Alert>
      ) : null}
    </TypedConfirm>
  );
}
