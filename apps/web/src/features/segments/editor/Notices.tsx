import { Alert, Button } from '@mantine/core';
import { Time } from '@perennial/ui';
import { IconHistory } from '@tabler/icons-react';
import { Rich, useText } from '../../../app/text.tsx';
import type { DraftWork } from './use-draft.ts';
import classes from './Editor.module.css';

interface NoticesProps {
  work: DraftWork;
  error: string | undefined;
}

/** What was found in the browser, and why saving was refused. */
export function Notices({ work, error }: NoticesProps) {
  const t = useText();
  return (
    <>
      {work.restoredAt === undefined ? null : (
        <Alert
          variant="light"
          color="gray"
          className={classes.notice ?? ''}
          p="xs"
          icon={<IconHistory size={16} />}
        >
          <span className={classes.noticeLine}>
            <span>
              <Rich
                id={work.isStale ? 'segments.editor.restoredStale' : 'segments.editor.restored'}
                values={{ at: <Time key="at" at={work.restoredAt} /> }}
              />
            </span>
            <Button size="compact-xs" variant="default" onClick={work.discard}>
              {t('segments.editor.discard')}
            </Button>
          </span>
        </Alert>
      )}
      {error === undefined ? null : (
        <Alert variant="light" color="red" className={classes.notice ?? ''} p="xs">
          {error}
        </Alert>
      )}
    </>
  );
}
