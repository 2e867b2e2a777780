import type { Answer, Request } from './answer.ts';
import { control } from './control.ts';

/** A list of `total` generated things, a page at a time; the cursor is the next index. */
export function paged<T>(request: Request, total: number, make: (n: number) => T) {
  const from = Number(request.query.get('cursor') ?? 0);
  const limit = Number(request.query.get('limit') ?? 50);
  const to = Math.min(total, from + limit);
  const items = Array.from({ length: Math.max(0, to - from) }, (_, n) => make(from + n));
  return { items, next_cursor: to < total ? String(to) : null, total };
}

export function some<T>(request: Request, things: readonly T[]) {
  return paged(request, control.items === 0 ? 0 : things.length, (n) => things[n] as T);
}

export function get(path: RegExp, reply: Answer['reply']): Answer {
  return { method: 'GET', path, reply };
}

export function post(path: RegExp, reply: Answer['reply']): Answer {
  return { method: 'POST', path, reply };
}
