import { Alert, Button, Group, Input, JsonInput, Modal, Stack } from '@mantine/core';
import type { WebhookTried, WebhookTry } from '@perennial/contracts';
import { JsonView, StatusBadge } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import { ContactSelect } from '../../contacts/ContactSelect.tsx';
import classes from './WebhookForm.module.css';

interface TryWebhookProps {
  block: Readonly<Record<string, unknown>>;
  onClose: () => void;
}

/** Makes the request now, for a contact and an event, and shows what went out and what came back. */
export function TryWebhook({ block, onClose }: TryWebhookProps) {
  const t = useText();
  const [contact, setContact] = useState<string | null>(null);
  const [event, setEvent] = useState('{}');
  const tried = useChange<WebhookTry, WebhookTried>(
    (api, body) => api.post('/workflows/try_webhook', body),
    [],
  );
  const params = paramsOf(event);
  const start = () =>
    params &&
    tried.mutate({
      block: block as WebhookTry['block'],
      event: params,
      ...(contact !== null && { contact }),
    });
  return (
    <Modal opened onClose={onClose} size={820} title={t('ownForms.try.title')}>
      <Stack gap={14}>
        <div className={classes.columns}>
          <Input.Wrapper
            label={t('ownForms.try.contact')}
            description={t('ownForms.try.contact.hint')}
          >
            <ContactSelect
              size="sm"
              label={t('ownForms.try.contact')}
              placeholder={t('ownForms.try.contact.choose')}
              value={contact}
              onChange={setContact}
            />
          </Input.Wrapper>
          <JsonInput
            label={t('ownForms.try.event')}
            description={t('ownForms.try.event.hint')}
            value={event}
            autosize
            minRows={2}
            maxRows={8}
            classNames={{ input: classes.mono }}
            error={params ? undefined : t('ownForms.try.event.bad')}
            onChange={setEvent}
          />
        </div>
        <Group justify="space-between" wrap="nowrap">
          <p className={classes.hint}>{t('ownForms.try.real')}</p>
          <Button loading={tried.isPending} disabled={!params} onClick={start}>
            {t(tried.data ? 'ownForms.try.again' : 'ownForms.try.start')}
          </Button>
        </Group>
        {tried.error ? (
          <Alert color="red" variant="light">
            {tried.error.errors[0]?.message ?? problemWords(tried.error, t).detail}
          </Alert>
        ) : null}
        {tried.data ? <Exchange tried={tried.data} /> : null}
      </Stack>
    </Modal>
  );
}

/** Request and answer beside each other. */
function Exchange({ tried }: { tried: WebhookTried }) {
  const t = useText();
  const { request, answer, status, ok, problem, took_ms: ms } = tried;
  return (
    <div className={classes.columns}>
      <section className={classes.column}>
        <h3 className={classes.columnHead}>{t('ownForms.try.request')}</h3>
        <p className={classes.line}>{`${request.method} ${request.url}`}</p>
        <Headers headers={request.headers} />
        {request.body === null ? null : <pre className={classes.text}>{request.body}</pre>}
      </section>
      <section className={classes.column} aria-live="polite">
        <h3 className={classes.columnHead}>{t('ownForms.try.answer')}</h3>
        <div className={classes.outcome}>
          <StatusBadge tone={ok ? 'success' : 'danger'}>
            {t(ok ? 'ownForms.try.ok' : 'ownForms.try.failed')}
          </StatusBadge>
          <span>
            {[...(status === null ? [] : [status]), t('ownForms.try.took', { ms })].join(' · ')}
          </span>
        </div>
        {problem === null ? null : <p className={classes.line}>{problem}</p>}
        {answer ? (
          <>
            <Headers headers={answer.headers} />
            <AnswerBody body={answer.body} />
          </>
        ) : null}
      </section>
    </div>
  );
}

function Headers({ headers }: { headers: Readonly<Record<string, string>> }) {
  return (
    <ul className={classes.names}>
      {Object.entries(headers).map(([name, value]) => (
        <li key={name}>{`${name}: ${value}`}</li>
      ))}
    </ul>
  );
}

export function AnswerBody({ body }: { body: unknown }) {
  if (body === null || body === undefined) return null;
  if (typeof body === 'string') return <pre className={classes.text}>{body}</pre>;
  return <JsonView value={body} open={3} />;
}

function paramsOf(text: string): WebhookTry['event'] | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as WebhookTry['event'])
      : undefined;
  } catch {
    return undefined;
  }
}
