import { workflowConditions } from '@perennial/conditions';
import type { Subject } from '../../../conditions/subject.ts';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';
import type { Scope, Variable } from './scope.ts';

/** What the conditions of one block can ask: all that a segment can, and about the run. */
export function workflowVocabulary({
  vocabulary,
  event = [],
  results,
  senders,
}: Scope): Vocabulary {
  return {
    ...vocabulary,
    check: { ...vocabulary.check, types: workflowConditions },
    run: { params: event.map(subjectOf), results: results.map(subjectOf), senders },
  };
}

function subjectOf({ path, hint, kind, seen }: Variable): Subject {
  return { key: path, label: hint ?? path, kind, anyKind: true, seen };
}
