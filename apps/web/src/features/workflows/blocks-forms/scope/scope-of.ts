import { findBlock } from '@perennial/blocks';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';
import type { Graph, GraphBlock } from '../../../../editor/graph.ts';
import { blocksBefore } from './blocks-before.ts';
import { eventParams } from './event-params.ts';
import { resultsOf } from './results.ts';
import type { Scope, Variable } from './scope.ts';

type Start = Readonly<Record<string, unknown>>;

/** What a block of a graph can name, as far as it is known before anybody came there. */
export function scopeOf(
  { graph, block, vocabulary }: { graph: Graph; block: string; vocabulary: Vocabulary },
  nameOf: (block: GraphBlock) => string,
): Scope {
  const before = blocksBefore(graph, block);
  return {
    vocabulary,
    event: startVariables(graph.start, vocabulary),
    fields: vocabulary.fields.map(({ key, label, kind }) => ({ path: key, hint: label, kind })),
    results: before.flatMap((each) =>
      resultsOf(each, vocabulary).map((variable) => ({
        ...variable,
        hint: variable.hint ? `${nameOf(each)}: ${variable.hint}` : nameOf(each),
      })),
    ),
    senders: before
      .filter(({ type }) => findBlock(type)?.group === 'message')
      .map((each) => ({ value: each.id, label: nameOf(each) })),
  };
}

/** What `$event` leads into, by how the workflow starts. */
function startVariables(start: Start, vocabulary: Vocabulary): readonly Variable[] | undefined {
  switch (start['type']) {
    case 'event':
    case 'event_segment':
      return eventParams(start['event'], vocabulary);
    case 'field_change':
      return [
        { path: 'field', kind: 'text' },
        { path: 'from', kind: 'text' },
        { path: 'to', kind: 'text' },
      ];
    case 'segment':
    case 'date':
      return undefined;
    default:
      return [];
  }
}
