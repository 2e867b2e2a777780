import { SegmentedControl, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Webhook } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../app/text.tsx';

interface SkipDialogProps {
  path: string;
  webhook: Webhook;
  facts: number;
  onClose: () => void;
}

/** Why facts are given up, and of a list how many. */
export function SkipDialog({ path, webhook, facts, onClose }: SkipDialogProps) {
  const t = useText();
  const [reason, setReason] = useState('');
  const [many, setMany] = useState<'first' | 'all'>('first');
  const skip = useChange(
    (api) => api.post(`${path}/skip`, { reason, ...(many === 'first' && { first: 1 }) }),
    [`/webhooks/${webhook.id}`],
  );
  // The log may show it as skipped, and take this dialog away, before the change is over.
  const submit = async (): Promise<void> => {
    await skip.mutateAsync();
    notifications.show({ message: t('webhooks.skip.toast') });
    onClose();
  };
  return (
    <FormDialog
      title={t('webhooks.skip.title')}
      action={t('webhooks.log.skip')}
      isFinal
      ready={reason.trim() !== ''}
      pending={skip.isPending}
      problem={problemOfForm(skip.error, t)}
      onClose={onClose}
      onSubmit={() => void submit().catch(() => undefined)}
    >
      <Text size="sm">{t('webhooks.skip.detail')}</Text>
      {facts > 1 ? (
        <SegmentedControl
          value={many}
          onChange={setMany}
          data={[
            { value: 'first', label: t('webhooks.skip.first') },
            { value: 'all', label: t('webhooks.skip.all', { n: facts }) },
          ]}
        />
      ) : null}
      <Textarea
        data-autofocus
        label={t('webhooks.skip.reason')}
        maxLength={500}
        autosize
        minRows={2}
        value={reason}
        error={errorAt(skip.error, '/reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
