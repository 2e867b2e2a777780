import { Modal, UnstyledButton } from '@mantine/core';
import type { WorkflowCall } from '@perennial/contracts';
import { Copyable, Fact, Facts, StatusBadge, Time } from '@perennial/ui';
import { useState } from 'react';
import { useList } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { ContactLink } from '../../contacts/ContactLink.tsx';
import { AnswerBody } from './TryWebhook.tsx';
import classes from './WebhookForm.module.css';

const tones = {
  waiting: 'neutral',
  answered: 'success',
  failed: 'danger',
  cancelled: 'neutral',
} as const;

const SHOWN = 10;

/** The latest calls of a webhook block, each with what was sent and answered. */
export function WebhookCalls({
  workflow,
  block,
  heading,
}: {
  workflow: string;
  block: string;
  heading: string;
}) {
  const t = useText();
  const may = useRight('contacts.read');
  const [open, setOpen] = useState<WorkflowCall | null>(null);
  const calls = useList<WorkflowCall>(`/workflows/${workflow}/calls`, {
    query: { block, limit: SHOWN },
    enabled: may,
    every: 5_000,
  });
  if (!may) return null;
  return (
    <>
      <h3 className={heading}>{t('ownForms.calls')}</h3>
      {calls.items.length === 0 ? (
        <p className={classes.hint} style={{ margin: 0 }}>
          {t(calls.loading ? 'ownForms.calls.loading' : 'ownForms.calls.none')}
        </p>
      ) : (
        <ul className={classes.calls}>
          {calls.items.slice(0, SHOWN).map((call) => (
            <li key={call.id}>
              <UnstyledButton className={classes.call} onClick={() => setOpen(call)}>
                <StatusBadge tone={tones[call.state]}>
                  {call.status === null
                    ? t(`ownForms.calls.${call.state}`)
                    : `${t(`ownForms.calls.${call.state}`)} ${call.status}`}
                </StatusBadge>
                <span className={classes.callProblem}>{call.problem}</span>
                <Time at={call.created_at} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {open ? <CallDialog call={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function CallDialog({ call, onClose }: { call: WorkflowCall; onClose: () => void }) {
  const t = useText();
  const { request, answer, problem, due_at: due, took_ms: ms } = call;
  return (
    <Modal opened onClose={onClose} size={640} title={t('ownForms.calls.one')}>
      <Facts>
        <Fact label={t('ownForms.calls.contact')}>
          <ContactLink id={call.contact} />
        </Fact>
        <Fact label={t('ownForms.calls.id')}>
          <Copyable value={call.webhook_id} mono />
        </Fact>
        <Fact label={t('ownForms.calls.tries')}>
          {ms === null ? call.tries : `${call.tries} · ${t('ownForms.try.took', { ms })}`}
        </Fact>
        {due === null ? null : (
          <Fact label={t('ownForms.calls.due')}>
            <Time at={due} style="exact" />
          </Fact>
        )}
        {problem === null ? null : <Fact label={t('ownForms.calls.problem')}>{problem}</Fact>}
      </Facts>
      {request ? (
        <>
          <h3 className={classes.columnHead} style={{ marginTop: 16 }}>
            {t('ownForms.try.request')}
          </h3>
          <p className={classes.line}>{`${request.method} ${request.url}`}</p>
          {request.body === null ? null : <pre className={classes.text}>{request.body}</pre>}
        </>
      ) : null}
      {answer ? (
        <>
          <h3 className={classes.columnHead} style={{ marginTop: 16 }}>
            {t('ownForms.try.answer')}
          </h3>
          <AnswerBody body={answer.body} />
        </>
      ) : null}
    </Modal>
  );
}
