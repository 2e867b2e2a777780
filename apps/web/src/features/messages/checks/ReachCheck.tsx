import { Button, Progress } from '@mantine/core';
import type { CheckFinding, MessageCheckResult } from '@perennial/contracts';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import { FindingList } from './FindingList.tsx';
import { requestOf, type CheckedDraft } from './use-check.ts';
import classes from './Checks.module.css';

interface Asked {
  done: number;
  total: number | null;
  findings: CheckFinding[];
}

/** Asks the servers of links and pictures, a few at a time, and shows how far it is. */
export function ReachCheck({ messageId, draft }: { messageId: string; draft: CheckedDraft }) {
  const t = useText();
  const { asked, isAsking, ask } = useReach(messageId, draft);
  const isDone = asked !== null && !isAsking;
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{t('checks.reach.title')}</h3>
      <p className={classes.note}>{t('checks.reach.detail')}</p>
      <div className={classes.row}>
        <Button size="xs" variant="default" loading={isAsking} onClick={ask}>
          {t(isDone ? 'checks.reach.again' : 'checks.reach.run')}
        </Button>
        {asked?.total != null && !(isDone && asked.findings.length === 0) ? (
          <span className={classes.note}>
            {t('checks.reach.progress', { done: asked.done, total: asked.total })}
          </span>
        ) : null}
      </div>
      {isAsking ? (
        <Progress
          size="sm"
          animated={asked === null}
          value={asked?.total ? (asked.done / asked.total) * 100 : 0}
          aria-label={t('checks.reach.title')}
        />
      ) : null}
      {isDone && asked.findings.length === 0 ? (
        <p className={classes.note}>{t('checks.reach.fine', { total: asked.total ?? 0 })}</p>
      ) : null}
      {asked && asked.findings.length > 0 ? (
        <FindingList findings={asked.findings} languages={Object.keys(draft.content).length} />
      ) : null}
    </section>
  );
}

function useReach(messageId: string, draft: CheckedDraft) {
  const api = useApi();
  const showProblem = useShowProblem();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isAsking, setAsking] = useState(false);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);

  async function askAll(signal: AbortSignal): Promise<void> {
    const findings: CheckFinding[] = [];
    for (let from = 0; ;) {
      const body = { ...requestOf(draft), reach: { from } };
      const part = await api.post<MessageCheckResult>(`/messages/${messageId}/check`, body, {
        signal,
      });
      findings.push(...part.findings);
      const { done, total } = part.reached ?? { done: 0, total: 0 };
      setAsked({ done, total, findings: [...findings] });
      if (done >= total || done <= from) return;
      from = done;
    }
  }

  const ask = () => {
    const stop = new AbortController();
    leaving.current = stop;
    setAsking(true);
    setAsked(null);
    askAll(stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) showProblem(error as Parameters<typeof showProblem>[0]);
      })
      .finally(() => setAsking(false));
  };
  return { asked, isAsking, ask };
}
