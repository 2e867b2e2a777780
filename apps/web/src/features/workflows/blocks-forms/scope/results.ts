import { findBlock } from '@perennial/blocks';
import { pathText } from '@perennial/conditions';
import type { GraphBlock } from '../../../../editor/graph.ts';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';
import { eventParams } from './event-params.ts';
import type { Variable } from './scope.ts';

type Results = (
  settings: Readonly<Record<string, unknown>>,
  vocabulary: Vocabulary,
) => readonly Variable[];

/** What a kind of block leaves in `$run`, with paths below the block. A new kind with results is a line here. */
const results: Readonly<Record<string, Results>> = {
  wait_for: ({ event, segment }, vocabulary) => {
    if (segment !== undefined) return [{ path: 'segment', kind: 'text' }];
    if (event === undefined) return [];
    return [
      ...eventParams(event, vocabulary).map((param) => ({
        ...param,
        path: joined('params', param.path),
      })),
      { path: 'occurred_at', kind: 'moment' },
      { path: 'key', kind: 'text' },
    ];
  },
  create_contact: () => [{ path: 'contact', kind: 'text' }],
  update_fields: (settings, vocabulary) =>
    ['set', 'increment', 'decrement', 'append'].flatMap((operation) =>
      Object.keys({ ...(settings[operation] as object | undefined) }).map((field) => ({
        path: keyText(field),
        kind: vocabulary.fields.find(({ key }) => key === field)?.kind ?? 'text',
      })),
    ),
};

const sent: readonly Variable[] = [
  { path: 'decision', kind: 'text' },
  { path: 'send', kind: 'text' },
];

/** What later blocks can take from this one. */
export function resultsOf({ id, type, settings }: GraphBlock, vocabulary: Vocabulary): Variable[] {
  const isMessage = findBlock(type)?.group === 'message';
  const own = results[type]?.(settings, vocabulary) ?? (isMessage ? sent : []);
  return own.map((variable) => ({ ...variable, path: joined(id, variable.path) }));
}

function joined(before: string, path: string): string {
  return path.startsWith('[') ? `${before}${path}` : `${before}.${path}`;
}

/** A key as a step of a path: one with dots stands in quotes. */
function keyText(key: string): string {
  return pathText({ root: 'params', steps: [{ kind: 'key', key }], many: false });
}
