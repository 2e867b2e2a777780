import { Button } from '@mantine/core';
import { exactTime } from '@perennial/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import { forDay } from './for-day.ts';
import { OutdatedDialog } from './OutdatedDialog.tsx';
import type { useMessageDraft } from './use-message-draft.ts';
import classes from './Draft.module.css';

interface DraftNoticesProps {
  messageId: string;
  editing: ReturnType<typeof useMessageDraft>;
}

/** What somebody has to decide about a draft: changes kept from before, a newer version of others. */
export function DraftNotices({ messageId, editing }: DraftNoticesProps) {
  const t = useText();
  const intl = useIntl();
  const [comparing, setComparing] = useState(false);
  const { kept, outdated } = editing;
  return (
    <>
      {kept.offered ? (
        <div className={classes.notice} role="status">
          <span title={exactTime(intl, new Date(kept.offered.keptAt))}>
            {t('messages.draft.kept', { at: forDay(intl, kept.offered.keptAt, Date.now()) })}
          </span>
          <Button
            size="xs"
            variant="default"
            onClick={() => kept.offered && kept.restore(kept.offered)}
          >
            {t('messages.draft.restore')}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={kept.settle}>
            {t('messages.draft.drop')}
          </Button>
        </div>
      ) : null}
      {outdated ? (
        <div className={classes.notice} data-tone="warning" role="alert">
          <span>{t('messages.draft.outdated')}</span>
          <Button size="xs" variant="default" onClick={() => setComparing(true)}>
            {t('messages.draft.compare')}
          </Button>
        </div>
      ) : null}
      {comparing && outdated ? (
        <OutdatedDialog
          messageId={messageId}
          editing={editing}
          onClose={() => setComparing(false)}
        />
      ) : null}
    </>
  );
}
