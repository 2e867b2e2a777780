import { Button } from '@mantine/core';
import { Time } from '@perennial/ui';
import classes from './LookedUntil.module.css';
import { Rich, useText } from './text.tsx';

interface LookedUntilProps {
  at: string;
  loading: boolean;
  onMore: () => void;
}

/** Under a list of which little fitted: how far it looked. It looks further only if somebody wants that. */
export function LookedUntil({ at, loading, onMore }: LookedUntilProps) {
  const t = useText();
  return (
    <div className={classes.looked} role="status">
      <span>
        <Rich id="app.list.lookedUntil" values={{ at: <Time key="at" at={at} style="exact" /> }} />
      </span>
      <Button size="compact-sm" variant="default" loading={loading} onClick={onMore}>
        {t('app.list.lookOn')}
      </Button>
    </div>
  );
}
