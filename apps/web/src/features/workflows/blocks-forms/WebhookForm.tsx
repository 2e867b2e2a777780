import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { WEBHOOK_LIMITS, WEBHOOK_METHODS } from '@perennial/blocks';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../../app/text.tsx';
import type { BlockFormProps } from './form-props.ts';
import { SecretField } from './SecretField.tsx';
import { TryWebhook } from './TryWebhook.tsx';
import { WebhookHeaders } from './WebhookHeaders.tsx';
import classes from './WebhookForm.module.css';

const WITHOUT_BODY = ['GET'];

/** Where to, with what, how long it may take; and a try, with what came back. */
export function WebhookForm({ settings, onChange, errorAt }: BlockFormProps) {
  const t = useText();
  const [trying, setTrying] = useState(false);
  const change = (part: object) => onChange({ ...settings, ...part });
  const method = typeof settings['method'] === 'string' ? settings['method'] : 'POST';
  const url = textOf(settings['url']);
  return (
    <>
      <div className={classes.target}>
        <Select
          label={t('ownForms.webhook.method')}
          allowDeselect={false}
          data={[...WEBHOOK_METHODS]}
          value={method}
          onChange={(value) =>
            change({
              method: value ?? 'POST',
              ...(WITHOUT_BODY.includes(value ?? '') && { body: undefined }),
            })
          }
        />
        <TextInput
          label={t('ownForms.webhook.url')}
          placeholder="https://example.com/codes/{{ contact.external_id }}"
          value={url}
          maxLength={WEBHOOK_LIMITS.url}
          dir="ltr"
          inputMode="url"
          spellCheck={false}
          error={errorAt('/url')}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
      </div>
      <p className={classes.hint}>{t('ownForms.webhook.url.hint')}</p>
      <WebhookHeaders
        value={settings['headers']}
        errorAt={errorAt}
        onChange={(headers) => change({ headers })}
      />
      {WITHOUT_BODY.includes(method) ? null : (
        <Textarea
          label={t('ownForms.webhook.body')}
          description={t('ownForms.webhook.body.hint')}
          placeholder={'{ "email": {{ contact.email | json }} }'}
          value={bodyText(settings['body'])}
          autosize
          minRows={3}
          maxRows={14}
          dir="ltr"
          spellCheck={false}
          classNames={{ input: classes.mono }}
          error={errorAt('/body')}
          onChange={(event) => change({ body: event.currentTarget.value || undefined })}
        />
      )}
      <SecretField
        label={t('ownForms.webhook.secret')}
        description={t('ownForms.webhook.secret.hint')}
        value={settings['secret']}
        error={errorAt('/secret')}
        onChange={(secret) => change({ secret })}
      />
      <div className={classes.pair}>
        <NumberInput
          label={t('ownForms.webhook.timeout')}
          value={numberOr(settings['timeout'], WEBHOOK_LIMITS.timeoutSeconds)}
          min={1}
          max={WEBHOOK_LIMITS.timeoutSeconds}
          allowDecimal={false}
          suffix={` ${t('ownForms.webhook.seconds')}`}
          error={errorAt('/timeout')}
          onChange={(value) => typeof value === 'number' && change({ timeout: value })}
        />
        <NumberInput
          label={t('ownForms.webhook.retries')}
          value={numberOr(settings['retries'], 3)}
          min={0}
          max={WEBHOOK_LIMITS.retries}
          allowDecimal={false}
          error={errorAt('/retries')}
          onChange={(value) => typeof value === 'number' && change({ retries: value })}
        />
      </div>
      <p className={classes.hint}>{t('ownForms.webhook.retries.hint')}</p>
      <div>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} />}
          disabled={url.trim() === ''}
          onClick={() => setTrying(true)}
        >
          {t('ownForms.webhook.try')}
        </Button>
      </div>
      {trying ? <TryWebhook block={settings} onClose={() => setTrying(false)} /> : null}
    </>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOr(value: unknown, usual: number): number {
  return typeof value === 'number' ? value : usual;
}

/** A body that was written as JSON reads as text, and becomes text once it is changed. */
function bodyText(body: unknown): string {
  if (body === undefined || body === null) return '';
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}
