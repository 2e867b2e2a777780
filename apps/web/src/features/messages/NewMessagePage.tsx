import { Button, TextInput } from '@mantine/core';
import type { Message } from '@perennial/contracts';
import { ChannelIcon, Page, PageHeader, useChannelName } from '@perennial/ui';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { messageChannels, type MessageChannel } from './message.ts';
import { starterContent } from './starter-content.ts';
import classes from './NewMessage.module.css';

/** Chooses the channel and the name; the rest is written in the editor. */
export function NewMessagePage() {
  const t = useText();
  const go = useGo();
  const channelName = useChannelName();
  const [name, setName] = useState('');
  const [channel, setChannel] = useState<MessageChannel>('email');
  const create = useChange<Partial<Message>, Message>(
    (api, message) => api.post('/messages', message),
    ['/messages'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      {
        name: name.trim(),
        channel,
        default_language: 'en',
        content: { en: starterContent(channel, t) },
      },
      { onSuccess: (message) => go(`messages/${message.id}`) },
    );
  };
  return (
    <Page
      width="form"
      header={<PageHeader title={t('messages.new.title')} detail={t('messages.new.detail')} />}
    >
      <form onSubmit={submit}>
        <TextInput
          label={t('messages.new.name')}
          description={t('messages.new.nameHint')}
          value={name}
          autoFocus
          maxLength={200}
          error={create.error ? problemWords(create.error, t).detail : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <fieldset className={classes.channels}>
          <legend className={classes.legend}>{t('messages.new.channel')}</legend>
          {messageChannels.map((each) => (
            <label key={each} className={classes.channel} data-on={each === channel || undefined}>
              <input
                type="radio"
                name="channel"
                className={classes.radio}
                checked={each === channel}
                onChange={() => setChannel(each)}
              />
              <ChannelIcon channel={each} size={20} />
              <span>
                <span className={classes.name}>{channelName(each)}</span>
                <span className={classes.hint}>{t(`messages.channel.${each}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
          {t('messages.new.create')}
        </Button>
      </form>
    </Page>
  );
}
