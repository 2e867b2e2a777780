import type { ApiProblem } from '../api.ts';
import type { TextId } from './catalogue.ts';
import type { Say } from './text.tsx';

interface Words {
  title: string;
  detail: string;
}

/** Says a problem to a person: what happened and what to do. */
export function problemWords(error: ApiProblem, t: Say): Words {
  if (error.status === 0) return said(t, 'unreachable');
  if (error.status === 404) return said(t, 'notFound');
  if (error.status === 429 || error.status === 503) {
    return said(t, 'busy', { seconds: error.retryAfter ?? 0 });
  }
  if (error.status >= 500) return said(t, 'server');
  return {
    title: t('app.problem.refused.title'),
    detail: refusal(error) ?? t('app.problem.refused.detail', { status: error.status }),
  };
}

type Kind = 'unreachable' | 'notFound' | 'busy' | 'server';

function said(t: Say, kind: Kind, values: Record<string, number> = {}): Words {
  const id = (part: 'title' | 'detail'): TextId => `app.problem.${kind}.${part}`;
  return { title: t(id('title')), detail: t(id('detail'), values) };
}

/** The server's own sentence, with the first thing that is wrong if it does not say that itself. */
function refusal(error: ApiProblem): string | undefined {
  const first = error.errors[0];
  if (first && error.detail?.includes(first.message)) return error.detail;
  const parts = [error.detail, first && `${first.path} ${first.message}`.trim()];
  return parts.filter(Boolean).join(' ') || undefined;
}
