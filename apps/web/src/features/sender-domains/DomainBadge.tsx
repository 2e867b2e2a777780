import { useText } from '../../app/text.tsx';
import classes from './SenderDomains.module.css';
import { useDomainTrouble } from './use-domain-trouble.ts';

/** How many domains need somebody, beside the page in the navigation. */
export function DomainBadge() {
  const t = useText();
  const n = useDomainTrouble().length;
  if (n === 0) return null;
  const words = t('domains.attention.badge', { n });
  return (
    <span className={classes.badge} title={words} aria-label={words} role="img">
      {n}
    </span>
  );
}
