import type { WorkflowStart } from '@perennial/contracts';
import { parseJson } from '../../editor/parse-json.ts';

/** The values that somebody wrote for a start by hand; undefined for what is no object. */
export function readParams(text: string): NonNullable<WorkflowStart['params']> | undefined {
  if (text.trim() === '') return {};
  const parsed = parseJson(text);
  const { value } = parsed.ok ? parsed : {};
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject ? (value as NonNullable<WorkflowStart['params']>) : undefined;
}
