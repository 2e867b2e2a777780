import { Anchor } from '@mantine/core';
import type { SenderUses } from '@perennial/contracts';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './SenderDomains.module.css';

/** More are counted, not listed. */
const MOST = 8;

/** What is from a domain or an address, each leading to where that is said. */
export function UsesList({ uses: { messages, providers } }: { uses: SenderUses }) {
  const t = useText();
  const to = useTo();
  const lines = [
    ...providers.map(({ id, name }) => ({
      id: `provider ${id}`,
      name: t('domains.providers', { name }),
      path: 'settings/channels',
    })),
    ...messages.map(({ id, name }) => ({ id, name, path: `messages/${id}` })),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className={classes.uses}>
      {lines.slice(0, MOST).map(({ id, name, path }) => (
        <li key={id}>
          <Anchor component={Link} to={to(path)} inherit dir="auto">
            {name}
          </Anchor>
        </li>
      ))}
      {lines.length > MOST ? (
        <li className={classes.muted}>{t('domains.moreUses', { n: lines.length - MOST })}</li>
      ) : null}
    </ul>
  );
}
