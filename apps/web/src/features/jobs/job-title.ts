import type { Job } from '@perennial/contracts';
import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** What is being done, in words; kinds that this release does not know keep their own. */
export function jobTitle(job: Pick<Job, 'kind' | 'about'>, t: Say): string {
  const about = (job.about ?? {}) as {
    kind?: string;
    undoing?: boolean;
    field?: string;
    event_type?: string;
    name?: string;
    what?: string;
  };
  const id = `jobs.kind.${job.kind}${about.kind ? `.${about.kind}` : ''}`;
  if (!Object.hasOwn(catalogue, id)) return job.kind;
  const title = t(id as TextId, {
    field: about.field?.replace(/^custom\./, '') ?? '',
    type: about.event_type ?? '',
    what: about.what ?? '',
    // Emptied when it named somebody who was erased.
    name: about.name ?? '…',
  });
  return about.undoing ? t('jobs.undoing', { title }) : title;
}
