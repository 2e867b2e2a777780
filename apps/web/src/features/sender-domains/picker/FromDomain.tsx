import { Anchor } from '@mantine/core';
import type { Sender, SenderDomain } from '@perennial/contracts';
import { Link } from 'react-router';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { addressIn, domainFor } from './mailbox-text.ts';
import classes from './SenderPicker.module.css';

interface FromDomainProps {
  from: string;
  standard: Sender | undefined;
}

/** How the domain stands that a message is from; nothing while all is well. */
export function FromDomain({ from, standard }: FromDomainProps) {
  const t = useText();
  const to = useTo();
  const domains = useList<SenderDomain>('/sender_domains');
  if (!domains.first) return null;
  const address = from.trim() === '' ? standard?.address : addressIn(from);
  if (from.trim() === '' && !standard) return t('senders.pick.provider.hint');
  if (address === undefined) return t('senders.pick.liquid');
  const domain = domainFor(address, domains.items);
  const name = domain?.display ?? address.slice(address.lastIndexOf('@') + 1);
  if (domain?.state === 'verified') {
    return from.trim() === '' ? t('senders.pick.default.hint') : null;
  }
  const path = domain ? `settings/domains/${domain.id}` : 'settings/domains';
  return (
    <span className={classes.warning} data-severe={domain?.state === 'broken' || undefined}>
      {t(`senders.pick.${domain?.state ?? 'unknown'}`, { domain: name })}{' '}
      <Anchor component={Link} to={to(path)} inherit>
        {t('senders.pick.look')}
      </Anchor>
    </span>
  );
}
