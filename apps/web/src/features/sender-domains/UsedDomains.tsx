import { Button } from '@mantine/core';
import type { UsedDomain } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { IconPlus } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import classes from './SenderDomains.module.css';

interface UsedDomainsProps {
  used: readonly UsedDomain[];
  onAdd: (domain: string) => void;
}

/** Domains that something is from and that nobody watches over. */
export function UsedDomains({ used, onAdd }: UsedDomainsProps) {
  const t = useText();
  return (
    <Panel title={t('domains.used.title')}>
      <ul className={classes.used}>
        {used.map(({ domain, messages, providers }) => (
          <li key={domain} className={classes.usedLine}>
            <span className={classes.strong} dir="auto">
              {domain}
            </span>
            <span className={classes.muted} dir="auto">
              {t('domains.used.by', {
                messages,
                providers: providers.join(', '),
                both: String(messages > 0 && providers.length > 0),
              })}
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={t('domains.used.add', { domain })}
              leftSection={<IconPlus size={14} />}
              onClick={() => onAdd(domain)}
            >
              {t('domains.add')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
