import { notifications } from '@mantine/notifications';
import type { SavedSegment, SegmentDetail } from '@perennial/contracts';
import { ApiProblem, type Api } from '../../api.ts';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';

/** Copies that may bear the name of one segment. */
const MOST_COPIES = 50;
const LONGEST_NAME = 200;

/** Makes another one with the same rule, or with the same members, and opens it. */
export function useCopySegment(segment: SegmentDetail): () => void {
  const t = useText();
  const go = useGo();
  const showProblem = useShowProblem();
  const copy = useChange((api) => makeCopy(api, segment, t), ['/segments']);
  return () =>
    copy.mutate(undefined, {
      onError: showProblem,
      onSuccess: (made) => {
        notifications.show({ message: t('segments.copy.done', { name: made.name }) });
        go(`segments/${made.id}`);
      },
    });
}

async function makeCopy(api: Api, segment: SegmentDetail, t: Say): Promise<SavedSegment> {
  const { id, kind, purpose, tags, definition } = segment;
  const whole = kind === 'list' ? { members_of: id } : { definition };
  for (let n = 1; ; n += 1) {
    const made = { name: copyName(segment.name, n, t), kind, purpose, tags, ...whole };
    try {
      return await api.post<SavedSegment>('/segments', made);
    } catch (problem) {
      // A copy of that name is there already: the next one gets a number.
      if (!isTaken(problem) || n === MOST_COPIES) throw problem;
    }
  }
}

function copyName(name: string, n: number, t: Say): string {
  const whole = t('segments.copy.name', { name, n });
  const over = whole.length - LONGEST_NAME;
  return over <= 0 ? whole : t('segments.copy.name', { name: name.slice(0, -over), n });
}

function isTaken(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'already_exists';
}
