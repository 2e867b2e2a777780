import type { TemplateProblem } from '../../messages/index.ts';

/** How a rendering failed, in one line for the delivery. */
export function describeProblem({ path, line, message, excerpt }: TemplateProblem): string {
  const place = [path, line === undefined ? '' : `line ${line}`].filter(Boolean).join(', ');
  return [place && `${place}:`, message, excerpt].filter(Boolean).join(' ');
}
