import type { ContactCard } from '@perennial/contracts';
import { Copyable, Fact, Facts, Panel, Time } from '@perennial/ui';
import { FirstFew } from '../../app/FirstFew.tsx';
import { useText } from '../../app/text.tsx';
import { kindWord } from '../merges/merge-words.ts';
import { SourceWord } from './SourceWord.tsx';
import { orderIdentifiers } from './order-identifiers.ts';
import classes from './ContactPage.module.css';

/** How the contact is known: its IDs, all that finds it, and when it came to be. */
export function IdentityPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  return (
    <Panel title={t('contacts.identity')}>
      <Facts>
        <Fact label={t('contacts.column.id')}>
          <Copyable value={contact.id} mono />
        </Fact>
        <Fact label={t('contacts.column.source')}>
          <SourceWord source={contact.source} />
        </Fact>
        <Fact label={t('contacts.column.created')}>
          <Time at={contact.created_at} style="exact" />
        </Fact>
        <Fact label={t('contacts.column.updated')}>
          <Time at={contact.updated_at} style="exact" />
        </Fact>
        <Fact label={t('contacts.column.seen')}>
          {contact.last_seen_at ? <Time at={contact.last_seen_at} style="exact" /> : null}
        </Fact>
        {contact.tags.length > 0 ? (
          <Fact label={t('contacts.column.tags')}>{contact.tags.join(', ')}</Fact>
        ) : null}
        {contact.merged.length > 0 ? (
          <Fact label={t('contacts.merged')}>
            {contact.merged.map((id) => (
              <Copyable key={id} value={id} mono />
            ))}
          </Fact>
        ) : null}
      </Facts>
      <h3 className={classes.subtitle}>{t('contacts.identifiers')}</h3>
      <FirstFew items={orderIdentifiers(contact.identifiers)} first={10}>
        {(shown) => <Identifiers identifiers={shown} />}
      </FirstFew>
    </Panel>
  );
}

function Identifiers({
  identifiers,
}: {
  identifiers: readonly ContactCard['identifiers'][number][];
}) {
  const t = useText();
  return (
    <table className={classes.identifiers}>
      <tbody>
        {identifiers.map(({ kind, value, set_at: at, retired }) => (
          <tr key={`${kind} ${value}`}>
            <td>
              {kindWord(t, kind)}
              {retired ? ` (${t('externalId.former')})` : ''}
            </td>
            <td>
              <Copyable value={value} mono />
            </td>
            <td>
              <Time at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
