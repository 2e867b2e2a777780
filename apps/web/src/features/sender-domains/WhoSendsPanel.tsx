import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import type { SenderDomain } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { problemOfForm } from '../../app/form-problem.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import classes from './SenderDomains.module.css';

/** Who may send in the domain's name; what is named here goes into the SPF record that is wanted. */
export function WhoSendsPanel({ domain }: { domain: SenderDomain }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [typed, setTyped] = useState('');
  const save = useChange<string[], SenderDomain>(
    (api, senders) => api.patch(`/sender_domains/${domain.id}`, { senders }),
    ['/sender_domains'],
  );
  const add = (term: string) =>
    save.mutate([...domain.senders, term.trim()], { onSuccess: () => setTyped('') });
  const suggestions = domain.spf_suggestions.filter(({ term }) => !domain.senders.includes(term));
  const { own_return_paths: elsewhere } = domain;
  return (
    <Panel title={t('domains.spf.title')}>
      <p className={classes.lead}>{t('domains.spf.detail')}</p>
      {elsewhere.length > 0 ? (
        <p className={classes.lead}>
          {t('domains.spf.elsewhere', { providers: elsewhere.join(', '), n: elsewhere.length })}
        </p>
      ) : null}
      {domain.senders.length === 0 ? (
        <p className={classes.muted}>{t('domains.spf.none')}</p>
      ) : (
        <ul className={classes.terms}>
          {domain.senders.map((term) => (
            <li key={term} className={classes.term}>
              <span className={classes.code}>{term}</span>
              {mayWrite ? (
                <ActionIcon
                  size={20}
                  aria-label={t('domains.spf.remove', { term })}
                  disabled={save.isPending}
                  onClick={() => save.mutate(domain.senders.filter((each) => each !== term))}
                >
                  <IconX size={14} />
                </ActionIcon>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && suggestions.length > 0 ? (
        <ul className={classes.suggestions} aria-label={t('domains.spf.suggested')}>
          {suggestions.map(({ term, provider, documented }) => (
            <li key={term}>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={14} />}
                disabled={save.isPending}
                onClick={() => add(term)}
              >
                {t('domains.spf.use', { term })}
              </Button>
              <span className={classes.muted}>
                {t(documented ? 'domains.spf.documented' : 'domains.spf.guessed', { provider })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') add(typed);
          }}
        >
          <Group align="flex-start" gap={8} wrap="nowrap" className={classes.line}>
            <TextInput
              className={classes.grow ?? ''}
              aria-label={t('domains.spf.input')}
              placeholder={t('domains.spf.placeholder')}
              value={typed}
              maxLength={300}
              spellCheck={false}
              error={save.error ? wordsOf(save.error.errors) : undefined}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              disabled={typed.trim() === ''}
              loading={save.isPending}
            >
              {t('domains.spf.input')}
            </Button>
          </Group>
          {problemOfForm(save.error, t)}
        </form>
      ) : null}
    </Panel>
  );
}

/** The server names which of the mechanisms is none; here only the new one can be. */
function wordsOf(errors: readonly { message: string }[]): string | undefined {
  return errors[0]?.message;
}
