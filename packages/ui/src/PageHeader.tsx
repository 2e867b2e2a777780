import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormattedNumber } from 'react-intl';
import classes from './PageHeader.module.css';

interface PageHeaderProps {
  title: ReactNode;
  /** Stands before the title: an avatar or a channel's icon. */
  leading?: ReactNode;
  /** Number of things in the list below. */
  count?: number | null | undefined;
  /** What `count` is: a number, the least there are, or an estimate. */
  countIs?: 'exact' | 'least' | 'about' | undefined;
  status?: ReactNode;
  /** One line under the title: what this is, or identity of the thing shown. */
  detail?: ReactNode;
  /** Way up: a link to the list this thing is from. */
  back?: ReactNode;
  actions?: ReactNode;
  tabs?: ReactNode;
  loading?: boolean;
}

/** Title, state and actions of a page, always in the same place. */
export function PageHeader(props: PageHeaderProps) {
  const { title, leading, count, countIs, status, detail, back, actions, tabs, loading } = props;
  return (
    <header className={classes.root} data-tabs={tabs ? true : undefined}>
      {back ? <div className={classes.back}>{back}</div> : null}
      <div className={classes.row}>
        {leading}
        <div className={classes.identity}>
          <div className={classes.titleRow}>
            <h1 className={classes.title} dir="auto">
              {loading ? <Skeleton width={220} height={20} my={4} /> : title}
            </h1>
            {count === undefined || count === null ? null : (
              <span className={classes.count}>
                {countIs === 'about' ? '≈ ' : ''}
                <FormattedNumber value={count} />
                {countIs === 'least' ? '+' : ''}
              </span>
            )}
            {status}
          </div>
          {detail ? <div className={classes.detail}>{detail}</div> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      {tabs}
    </header>
  );
}
