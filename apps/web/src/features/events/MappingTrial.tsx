import { Button, Select, Textarea } from '@mantine/core';
import type { Event as ContactEvent, MappingPreview } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { readParams } from './read-params.ts';
import classes from './Events.module.css';

const example = '{\n  "email_client": "ada@example.com"\n}';

/** Parameters of an event, pasted or taken from a recent one, and whom they find. */
export function MappingTrial({ nameOf }: { nameOf: (field: string) => string }) {
  const t = useText();
  const [text, setText] = useState(example);
  const [type, setType] = useState<string | undefined>();
  const recent = useList<ContactEvent>('/events', { query: { limit: 50 } });
  const params = readParams(text);
  const look = useChange<void, MappingPreview>(
    (api) =>
      api.post<MappingPreview>('/event_mappings/preview', {
        params,
        ...(type !== undefined && { event: type }),
      }),
    [],
  );
  const take = (id: string | null) => {
    const event = recent.items.find((one) => one.id === id);
    if (!event) return;
    setText(JSON.stringify(event.params, null, 2));
    setType(event.event);
    look.reset();
  };
  return (
    <Panel title={t('events.trial.title')}>
      <div className={classes.trial}>
        <div className={classes.expected}>
          <Select
            label={t('events.trial.recent')}
            placeholder={t('events.trial.recentNone')}
            searchable
            data={recent.items.map((event) => ({
              value: event.id,
              label: `${event.event} · ${event.occurred_at.slice(0, 19).replace('T', ' ')}`,
            }))}
            onChange={take}
          />
          <Textarea
            label={t('events.trial.params')}
            value={text}
            autosize
            minRows={5}
            maxRows={16}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
            error={params ? null : t('events.trial.noJson')}
            onChange={(event) => {
              setText(event.currentTarget.value);
              look.reset();
            }}
          />
          <div>
            <Button
              variant="default"
              disabled={!params}
              loading={look.isPending}
              onClick={() => look.mutate()}
            >
              {t('events.trial.action')}
            </Button>
          </div>
        </div>
        <div className={classes.expected} aria-live="polite">
          {look.error ? (
            <div className={classes.wrong}>{problemWords(look.error, t).detail}</div>
          ) : null}
          {look.data ? <Found found={look.data} nameOf={nameOf} /> : null}
          {look.data || look.error ? null : (
            <div className={classes.hint}>{t('events.trial.hint')}</div>
          )}
        </div>
      </div>
    </Panel>
  );
}

function Found({ found, nameOf }: { found: MappingPreview; nameOf: (field: string) => string }) {
  const t = useText();
  const by = found.identifiers.find(({ parameter }) => parameter === found.found_by);
  return (
    <>
      <div className={classes.verdict}>
        {found.contact ? <ContactLink id={found.contact} /> : null}
        <span>
          {found.contact && by
            ? t('events.trial.foundBy', { parameter: by.parameter, field: nameOf(by.field) })
            : t(found.creates ? 'events.trial.creates' : 'events.trial.nobody')}
        </span>
      </div>
      <ul className={classes.uses}>
        {found.identifiers.map(({ parameter, field, value, contacts }) => (
          <li key={parameter}>
            <span className={classes.path}>{parameter}</span>
            <span>{nameOf(field)}</span>
            <span className={classes.path} dir="auto">
              {value}
            </span>
            <span className={classes.hint}>{t('events.trial.contacts', { count: contacts })}</span>
          </li>
        ))}
        {found.unusable.map(({ parameter, message }) => (
          <li key={parameter} className={classes.wrong}>
            <span className={classes.path}>{parameter}</span>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
