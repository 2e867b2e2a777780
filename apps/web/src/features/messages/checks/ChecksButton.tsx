import { Button, Drawer, SegmentedControl } from '@mantine/core';
import type { Message } from '@perennial/contracts';
import { SkeletonLines } from '@perennial/ui';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { AudienceCheck } from './AudienceCheck.tsx';
import { FindingList } from './FindingList.tsx';
import { ReachCheck } from './ReachCheck.tsx';
import { countFindings, worstOf } from './severity.ts';
import { MOST_AT_ONCE, useCheck, type CheckedDraft } from './use-check.ts';
import classes from './Checks.module.css';

interface ChecksButtonProps {
  message: Message;
  draft: CheckedDraft;
  language: string;
  /** Whether the draft differs from what is saved. */
  unsaved: boolean;
}

/** How the draft stands at any moment, and all about it when asked. */
export function ChecksButton({ message, draft, language, unsaved }: ChecksButtonProps) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const check = useCheck({ messageId: message.id, draft, language });
  const counts = countFindings(check.data?.findings ?? []);
  const worst = check.data ? worstOf(counts) : undefined;
  const toDo = counts.errors + counts.warnings;
  return (
    <>
      <Button
        variant="default"
        onClick={() => setOpened(true)}
        title={worst === 'fine' ? t('checks.none') : t('checks.summary', { ...counts }).trim()}
        leftSection={<span className={classes.dot} data-severity={worst} />}
        rightSection={toDo > 0 ? <span className={classes.count}>{toDo}</span> : null}
      >
        {t('checks.button')}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size="min(100%, 520px)"
        // Beside the form, so that what is found can be corrected while it is read.
        withOverlay={false}
        lockScroll={false}
        trapFocus={false}
        closeOnClickOutside={false}
        title={t('checks.title')}
      >
        <Body {...{ message, draft, language, unsaved, check }} />
      </Drawer>
    </>
  );
}

type BodyProps = ChecksButtonProps & { check: ReturnType<typeof useCheck> };

function Body({ message, draft, language, unsaved, check }: BodyProps) {
  const t = useText();
  const mayWrite = useRight('messages.write');
  const [tab, setTab] = useState<'findings' | 'audience'>('findings');
  return (
    <div className={classes.stack}>
      {mayWrite ? (
        <SegmentedControl
          fullWidth
          value={tab}
          onChange={setTab}
          data={[
            { value: 'findings', label: t('checks.tab.findings') },
            { value: 'audience', label: t('checks.tab.audience') },
          ]}
        />
      ) : null}
      {tab === 'findings' ? (
        <>
          <Findings check={check} languages={Object.keys(draft.content).length} />
          {mayWrite && message.channel === 'email' ? (
            <ReachCheck messageId={message.id} draft={draft} />
          ) : null}
        </>
      ) : (
        <AudienceCheck of={{ message: message.id, draft: unsaved ? draft : null }} />
      )}
      {tab === 'findings' && Object.keys(draft.content).length > MOST_AT_ONCE ? (
        <p className={classes.note} key={language}>
          {t('checks.onlyShown')}
        </p>
      ) : null}
    </div>
  );
}

function Findings({ check, languages }: { check: BodyProps['check']; languages: number }) {
  if (check.error) return <Problem error={check.error} onRetry={() => void check.refetch()} />;
  if (!check.data) return <SkeletonLines />;
  if (check.data.findings.length === 0) return <Fine />;
  return <FindingList findings={check.data.findings} languages={languages} />;
}

export function Fine() {
  const t = useText();
  return (
    <div className={classes.fine}>
      <IconCircleCheck size={16} aria-hidden />
      <div>
        <div className={classes.fineTitle}>{t('checks.fine')}</div>
        {t('checks.fine.detail')}
      </div>
    </div>
  );
}
