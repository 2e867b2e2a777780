import { Alert, List } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  campaignScheduleSchema,
  type Campaign,
  type CampaignPreview,
  type CampaignSchedule,
} from '@perennial/contracts';
import { SkeletonLines, TypedConfirm } from '@perennial/ui';
import { useChange, useRead } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { LeftOut } from './LeftOut.tsx';
import { ErrorsBeforeStart } from './CampaignChecks.tsx';
import { useScheduleWords } from './use-schedule-words.ts';
import classes from './Campaigns.module.css';

interface StartDialogProps {
  campaign: Campaign;
  onClose: () => void;
}

/** Says what will happen to whom before it does; what sends at once asks to type the number. */
export function StartDialog({ campaign, onClose }: StartDialogProps) {
  const t = useText();
  const { id, name } = campaign;
  const schedule = campaignScheduleSchema.parse(campaign.schedule);
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
  const isNow = schedule.kind === 'now';
  const title = t(isNow ? 'campaigns.start.title' : 'campaigns.schedule.title', { name });
  const { data } = preview;
  const refusal = start.error ?? preview.error;
  const problem = refusal ? problemWords(refusal, t).detail : null;
  const blocked = !data || data.errors.length > 0;
  if (blocked || !isNow) {
    return (
      <FormDialog
        title={title}
        action={t(isNow ? 'campaigns.start' : 'campaigns.schedule')}
        ready={!blocked}
        pending={start.isPending}
        problem={problem}
        onClose={onClose}
        onSubmit={go}
      >
        {data || preview.error ? null : <SkeletonLines />}
        {data && !blocked ? <Later schedule={schedule} preview={data} /> : null}
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
  const { eligible } = data;
  const reached = reachedNow(data);
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
      {isSampled(data)
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

interface LaterProps {
  schedule: CampaignSchedule;
  preview: CampaignPreview;
}

/** When it sends, and how many that would be today. */
function Later({ schedule, preview }: LaterProps) {
  const t = useText();
  const words = useScheduleWords();
  if (schedule.kind === 'now') return null;
  const now = { n: reachedNow(preview), eligible: preview.eligible };
  return (
    <div>
      <p className={classes.sentence}>{words(schedule)}</p>
      <p className={classes.note}>{t('campaigns.start.today', now)}</p>
    </div>
  );
}

function isSampled({ asked, eligible }: CampaignPreview): boolean {
  return asked < eligible;
}

/** Those who were asked stand for all. */
function reachedNow(preview: CampaignPreview): number {
  const { asked, eligible, reachable } = preview;
  if (!isSampled(preview)) return reachable;
  return Math.round((reachable / Math.max(1, asked)) * eligible);
}
