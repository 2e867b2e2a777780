import { Anchor, Popover, UnstyledButton } from '@mantine/core';
import type { SegmentUse } from '@perennial/contracts';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { pathOfUse } from './path-of-use.ts';
import { UseIcon } from './UseIcon.tsx';
import classes from './Segments.module.css';

/** What uses a segment, in a table: the first by name, the others behind their number. */
export function UsedBy({ uses }: { uses: readonly SegmentUse[] }) {
  const t = useText();
  const to = useTo();
  const [first, ...others] = uses;
  if (!first) return null;
  return (
    <span className={classes.usedBy}>
      <Anchor
        component={Link}
        to={to(pathOfUse(first))}
        inherit
        c="inherit"
        dir="auto"
        truncate="end"
      >
        {first.name}
      </Anchor>
      {others.length > 0 ? (
        <Popover position="bottom-end" width={280} withinPortal trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton
              className={classes.usedByMore}
              aria-label={t('segments.used.others', { count: others.length })}
            >
              +{others.length}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown onClick={(event) => event.stopPropagation()}>
            <ul className={classes.usedByAll}>
              {uses.map((use) => (
                <li key={`${use.kind} ${use.id}`}>
                  <UseIcon use={use} />
                  <Anchor component={Link} to={to(pathOfUse(use))} inherit dir="auto">
                    {use.name}
                  </Anchor>
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      ) : null}
    </span>
  );
}
