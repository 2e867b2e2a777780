import { Anchor, SegmentedControl } from '@mantine/core';
import type { AccessKey } from '@perennial/contracts';
import { Copyable, Snippet } from '@perennial/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { snippet, type SnippetKind } from './snippets.ts';
import classes from './Home.module.css';

const kinds: readonly SnippetKind[] = ['curl', 'node', 'browser'];

/** Code that sends a first event, with the workspace's own write key in it. */
export function EventSnippet() {
  const t = useText();
  const to = useTo();
  const seesKeys = useRight('settings.write');
  const [kind, setKind] = useState<SnippetKind>('curl');
  const keys = useList<AccessKey>('/keys', { query: { limit: 500 }, enabled: seesKeys });
  const key = keys.items.find((each) => each.kind === 'write' && each.revoked_at === null);
  const origin = window.location.origin;
  return (
    <div className={classes.snippet}>
      {key ? (
        <div className={classes.key}>
          {t('home.step.event.key')} <Copyable value={key.shown} mono />
        </div>
      ) : null}
      {keys.first && !key ? (
        <div className={classes.key}>
          {t('home.step.event.noKey')}{' '}
          <Anchor component={Link} to={to('settings/keys?new=1')} inherit>
            {t('home.step.event.makeKey')}
          </Anchor>
        </div>
      ) : null}
      <SegmentedControl
        value={kind}
        onChange={(value) => setKind(value)}
        data={kinds.map((each) => ({ value: each, label: t(`home.snippet.${each}`) }))}
      />
      <Snippet code={snippet(kind, { origin, writeKey: key?.shown ?? 'WRITE_KEY' })} />
    </div>
  );
}
