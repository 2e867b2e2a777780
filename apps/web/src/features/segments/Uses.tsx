import { Anchor } from '@mantine/core';
import type { SegmentUse } from '@perennial/contracts';
import { Fact, Facts } from '@perennial/ui';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { pathOfUse } from './path-of-use.ts';
import classes from './Segments.module.css';

/** What would miss a segment, each with the way there. */
export function Uses({ uses }: { uses: readonly SegmentUse[] }) {
  const t = useText();
  const to = useTo();
  if (uses.length === 0) return <p className={classes.none}>{t('segments.information.unused')}</p>;
  return (
    <Facts>
      {uses.map((use) => (
        <Fact key={`${use.kind} ${use.id}`} label={t(`segments.information.use.${use.kind}`)}>
          <Anchor component={Link} to={to(pathOfUse(use))} inherit dir="auto">
            {use.name}
          </Anchor>
        </Fact>
      ))}
    </Facts>
  );
}
