import { Anchor } from '@mantine/core';
import type { EventType } from '@perennial/contracts';
import { Panel, StatusBadge } from '@perennial/ui';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './Events.module.css';

/** What would miss the type. */
export function TypeUses({ uses }: Pick<EventType, 'uses'>) {
  const t = useText();
  const to = useTo();
  return (
    <Panel title={t('events.uses.title')}>
      {uses.length === 0 ? <div className={classes.hint}>{t('events.uses.none')}</div> : null}
      <ul className={classes.uses}>
        {uses.map(({ kind, id, name, state, how }) => (
          <li key={`${kind} ${id} ${how}`}>
            <span className={classes.how}>{t(`events.uses.${how}`)}</span>
            <Anchor component={Link} to={to(`${kind}s/${id}`)} inherit dir="auto">
              {name}
            </Anchor>
            {state === 'active' ? null : (
              <StatusBadge tone="neutral" variant="soft">
                {state}
              </StatusBadge>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
