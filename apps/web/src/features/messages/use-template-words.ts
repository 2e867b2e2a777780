import type { ContentBlock, TemplateWords as Declared } from '@perennial/contracts';
import type { LiquidFilter, TemplateWords } from '@perennial/ui';
import { useMemo } from 'react';
import { useList, useRead } from '../../app/data.ts';
import { useLiquidFilters } from './personalisation/use-liquid-filters.ts';
import { useVariables } from './use-variables.ts';

/**
 * What an editor of messages offers: variables and shared blocks of the workspace, and what the
 * server says that templates are written of. The same object as long as nothing changes.
 */
export function useTemplateWords(eventParameters: readonly string[] = none): TemplateWords {
  const known = useVariables();
  const explained = useLiquidFilters();
  const declared = useRead<Declared>('/template_words').data;
  const { items: blocks } = useList<ContentBlock>('/content_blocks', {
    query: { limit: 200 },
  });
  return useMemo(
    () => ({
      variables: [...known, ...eventParameters.map((name) => `event.${name}`)],
      filters: allFilters(explained, declared?.filters ?? []),
      tags: declared?.tags,
      elements: declared?.elements,
      blocks: blocks.map(({ key, name, parameters }) => ({ key, name, parameters })),
    }),
    [known, eventParameters, explained, declared, blocks],
  );
}

const none: readonly string[] = [];

/** Those with an example first; the others by name. */
function allFilters(explained: readonly LiquidFilter[], names: readonly string[]): LiquidFilter[] {
  const shown = new Set(explained.map(({ name }) => name));
  return [...explained, ...names.filter((name) => !shown.has(name)).map((name) => ({ name }))];
}
