import { react } from './test-reference-facts.ts';
import { ask, nextTurn } from './test-reference-segments.ts';
import type { RefContact, RefState } from './test-reference-state.ts';

/** What time alone does until an instant, in its order and as of each instant. */
export function followTime(state: RefState, contact: RefContact, until: number): void {
  for (;;) {
    const turn = nextTurn(state, contact);
    if (!turn || turn.at > until) return;
    const { at, segment } = turn;
    if (!ask(state, contact, segment, at)) continue;
    state.seq += 1;
    react(state, contact, {
      seq: state.seq,
      type: 'SegmentEntered',
      segment,
      by: contact.who,
      at,
      // What time did while the engine was down starts and ends runs when it is back.
      received: Math.max(at, state.looksAt),
      params: {},
      key: undefined,
      past: false,
      depth: 0,
      source: 'sdk',
    });
  }
}
