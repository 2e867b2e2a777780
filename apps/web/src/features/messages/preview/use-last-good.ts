import { useState } from 'react';
import type { MessageContent } from '../message.ts';
import type { DraftProblem } from './use-preview.ts';

interface Shown {
  content: MessageContent | null;
  problems: readonly Pick<DraftProblem, 'kind'>[];
}

/**
 * What is shown while the template cannot be read: as it was before the mistake, so that the
 * picture does not come and go with every half-typed tag. Who would not get the message sees none.
 */
export function useLastGood(data: Shown | undefined): MessageContent | null {
  const [good, setGood] = useState<MessageContent | null>(null);
  const content = data?.content ?? null;
  if (content && content !== good) setGood(content);
  const isMistake = data?.problems.some(({ kind }) => kind === 'template') ?? false;
  return content ?? (isMistake ? good : null);
}
