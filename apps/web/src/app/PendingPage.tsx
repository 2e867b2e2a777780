import { Page, PageHeader, SkeletonBlock } from '@perennial/ui';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api.ts';
import { Problem } from './Problem.tsx';

interface PendingPageProps {
  /** Way up, which works before the rest does. */
  back: ReactNode;
  read: { error: ApiProblem | null; refetch: () => unknown };
}

/** The page of one thing while it is read, or when it cannot be. */
export function PendingPage({ back, read: { error, refetch } }: PendingPageProps) {
  return (
    <Page header={<PageHeader back={back} title="" loading={!error} />}>
      {error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonBlock height={480} />
      )}
    </Page>
  );
}
