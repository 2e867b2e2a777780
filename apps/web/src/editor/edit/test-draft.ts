import { blocksOf, drawnExits, type Draft } from './draft.ts';

/** Greets, asks whether something was done, and reminds who did not. */
export function welcomeDraft(placed = false): Draft {
  const at = (x: number, y: number) => (placed ? { position: { x, y } } : {});
  return {
    language: 1,
    start: { type: 'event', event: 'SignedUp' },
    stop: [],
    first: 'greet',
    blocks: {
      greet: { type: 'email', message: '1', exits: { next: 'ask' }, ...at(0, 0) },
      ask: {
        type: 'if',
        condition: { type: 'message_status', block: 'greet', status: 'opened' },
        exits: { yes: 'done', no: 'remind' },
        ...at(0, 176),
      },
      remind: { type: 'sms', message: '2', exits: { next: 'done' }, ...at(288, 352) },
      done: { type: 'end', exits: {}, ...at(0, 528) },
    },
  };
}

/** The ways of a draft, as `greet.next>ask`. */
export function waysOf(draft: Draft): string[] {
  const ways = Object.entries(blocksOf(draft)).flatMap(([id, block]) =>
    Object.entries(drawnExits(block)).map(([exit, target]) => `${id}.${exit}>${target}`),
  );
  return [`start>${String(draft['first'])}`, ...ways];
}
