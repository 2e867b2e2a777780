import type { ReactNode } from 'react';
import { Logo } from '../../app/Logo.tsx';
import classes from './EntryPage.module.css';

interface EntryPageProps {
  title: ReactNode;
  detail?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}

/** The page around log-in and set-up forms. */
export function EntryPage({ title, detail, foot, children }: EntryPageProps) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={40} />
        <h1 className={classes.title}>{title}</h1>
        {detail ? <p className={classes.detail}>{detail}</p> : null}
        {children}
      </div>
      {foot ? <p className={classes.foot}>{foot}</p> : null}
    </main>
  );
}
