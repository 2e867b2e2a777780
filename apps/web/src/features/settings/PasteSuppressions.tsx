import { Alert, Button, Group, Modal, Select, Textarea } from '@mantine/core';
import {
  MOST_SUPPRESSIONS,
  SUPPRESSION_REASON_NAMES,
  type SuppressionImportResult,
} from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useMemo, useState, type FormEvent } from 'react';
import { FormattedNumber } from 'react-intl';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { messageChannels } from '../messages/message.ts';
import { addressesIn } from './addresses-in.ts';
import classes from './Settings.module.css';

const reasons = SUPPRESSION_REASON_NAMES.filter((reason) => reason !== 'blocked');
type Reason = (typeof reasons)[number];

/** Adds many addresses at once, as they were copied from a file. */
export function PasteSuppressions({ onClose }: { onClose: () => void }) {
  const t = useText();
  const channelName = useChannelName();
  const [channel, setChannel] = useState<string>('email');
  const [reason, setReason] = useState<Reason>('unsubscribed');
  const [text, setText] = useState('');
  const addresses = useMemo(() => addressesIn(text), [text]);
  const add = useChange(
    (api) =>
      api.post<SuppressionImportResult>('/suppressions/import', { channel, reason, addresses }),
    ['/suppressions'],
  );
  const tooMany = addresses.length > MOST_SUPPRESSIONS;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('settings.suppressions.paste.title')} size="lg">
      {add.data ? (
        <Result result={add.data} onClose={onClose} />
      ) : (
        <form className={classes.dialogForm} onSubmit={submit}>
          <Group grow align="flex-start">
            <Select
              label={t('settings.suppressions.column.channel')}
              data={messageChannels.map((each) => ({ value: each, label: channelName(each) }))}
              value={channel}
              allowDeselect={false}
              onChange={(next) => next && setChannel(next)}
            />
            <Select
              label={t('settings.suppressions.column.reason')}
              description={t(`settings.suppressions.means.${reason}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={reasons.map((each) => ({
                value: each,
                label: t(`settings.suppressions.reason.${each}`),
              }))}
              value={reason}
              allowDeselect={false}
              onChange={(next) => next && setReason(next)}
            />
          </Group>
          <Textarea
            data-autofocus
            label={t('settings.suppressions.paste.addresses')}
            description={t('settings.suppressions.paste.hint')}
            value={text}
            rows={10}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            error={
              tooMany
                ? t('settings.suppressions.paste.tooMany', { most: MOST_SUPPRESSIONS })
                : add.error
                  ? problemWords(add.error, t).detail
                  : null
            }
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={addresses.length === 0 || tooMany}
              loading={add.isPending}
            >
              {t('settings.suppressions.paste.add', { n: addresses.length })}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}

const MOST_SHOWN = 20;

function Result({ result, onClose }: { result: SuppressionImportResult; onClose: () => void }) {
  const t = useText();
  const { added, known, invalid } = result;
  return (
    <div className={classes.dialogForm}>
      <div>{t('settings.suppressions.paste.done', { added, known })}</div>
      {invalid.length > 0 ? (
        <Alert
          color="yellow"
          variant="light"
          title={t('settings.suppressions.paste.invalid', { n: invalid.length })}
        >
          {invalid.slice(0, MOST_SHOWN).map(({ index, address }) => (
            <div key={index} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              <FormattedNumber value={index + 1} />: {address}
            </div>
          ))}
          {invalid.length > MOST_SHOWN ? '…' : null}
        </Alert>
      ) : null}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('app.close')}</Button>
      </Group>
    </div>
  );
}
