import { EmptyState } from '@perennial/ui';
import { IconBuilding } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useMemo, type ReactNode } from 'react';
import { Link, Navigate, useLocation, useParams } from 'react-router';
import { createApi } from '../api.ts';
import { sessionKey } from './SessionGate.tsx';
import { SessionContext, useSession, WorkspaceContext } from './session.ts';
import { useText } from './text.tsx';

const lastKey = 'perennial.workspace';

/** Asks for log-in and comes back afterwards. */
export function RequireSession({ children }: { children: ReactNode }) {
  const session = useContext(SessionContext);
  const location = useLocation();
  if (session) return children;
  const next = location.pathname + location.search;
  return (
    <Navigate to={next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`} replace />
  );
}

/** Binds everything below to the workspace in the address. */
export function WorkspaceScope({ children }: { children: ReactNode }) {
  const session = useSession();
  const { workspace: slug } = useParams();
  const queries = useQueryClient();
  const workspace = session.workspaces.find((each) => each.slug === slug);
  const csrfToken = session.csrf_token;
  const value = useMemo(() => {
    if (!workspace) return null;
    const onSignedOut = () => void queries.invalidateQueries({ queryKey: sessionKey });
    return { workspace, api: createApi({ workspace: workspace.id, csrfToken, onSignedOut }) };
  }, [workspace, csrfToken, queries]);
  useEffect(() => {
    if (workspace) localStorage.setItem(lastKey, workspace.slug);
  }, [workspace]);
  if (!value) return <NoSuchWorkspace slug={slug ?? ''} />;
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

function NoSuchWorkspace({ slug }: { slug: string }) {
  const t = useText();
  const { user, workspaces } = useSession();
  if (workspaces.length === 0) {
    return (
      <EmptyState icon={IconBuilding} title={t('app.workspace.none.title')}>
        {t('app.workspace.none.detail', { email: user.email })}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconBuilding}
      title={t('app.workspace.unknown.title', { slug })}
      actions={workspaces.map((each) => (
        <Link key={each.id} to={`/w/${each.slug}`}>
          {each.name}
        </Link>
      ))}
    >
      {t('app.workspace.unknown.detail')}
    </EmptyState>
  );
}

/** `/` and addresses without a workspace go on in the one used last. */
export function ToWorkspace() {
  const { workspaces } = useSession();
  const { pathname, search } = useLocation();
  const last = localStorage.getItem(lastKey);
  // A newcomer begins where there is something to look at.
  const workspace =
    workspaces.find((each) => each.slug === last) ??
    workspaces.find((each) => each.sample) ??
    workspaces[0];
  if (!workspace) return <NoSuchWorkspace slug="" />;
  const rest = pathname === '/' ? '' : pathname;
  return <Navigate to={`/w/${workspace.slug}${rest}${search}`} replace />;
}
