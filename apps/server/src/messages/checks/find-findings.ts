import type { CheckFinding } from '@perennial/contracts';
import { excerptOf, lineOf } from '../rendering/template-error.ts';
import type { Json } from '../../inbox/index.ts';
import type { CheckSubject, Found } from './check.ts';
import { messageChecks } from './checks.ts';

/** Equal findings beyond these say nothing new. */
const MOST_OF_A_CHECK = 20;

/** What all checks of its channel say of one language, the worst first. */
export function findFindings(subject: CheckSubject): CheckFinding[] {
  return messageChecks
    .filter(({ channels }) => !channels || channels.includes(subject.channel))
    .flatMap(({ key, find }) =>
      withoutRepeats(find(subject))
        .slice(0, MOST_OF_A_CHECK)
        .map((found) => toFinding(found, { check: key, subject })),
    )
    .toSorted(bySeverity);
}

function withoutRepeats(all: readonly Found[]): Found[] {
  return [...new Map(all.map((each) => [`${each.path} ${each.message}`, each])).values()];
}

const ORDER = { error: 0, warning: 1, hint: 2 } as const;

export function bySeverity(a: CheckFinding, b: CheckFinding): number {
  return ORDER[a.severity] - ORDER[b.severity];
}

/** The line is that of the first place where the piece was written; one of a shared block has none. */
export function toFinding(
  { piece, ...found }: Found,
  {
    check,
    subject: { draft, language },
  }: { check: string; subject: Pick<CheckSubject, 'draft' | 'language'> },
): CheckFinding {
  const source = textAt(draft, found.path);
  const line = piece ? (lineOf(source, piece) ?? lineOf(source, escaped(piece))) : undefined;
  return {
    check,
    language,
    ...found,
    line: line ?? null,
    excerpt: line === undefined ? null : excerptOf(source, line, columnOf(source, line, piece!)),
  };
}

/** The text at a JSON pointer; empty if there is none. */
function textAt(draft: Json, pointer: string): string {
  const members = pointer.split('/').slice(1);
  const found = members.reduce<Json | undefined>(
    (value, name) =>
      value !== null && typeof value === 'object'
        ? (value as Record<string, Json>)[name]
        : undefined,
    draft,
  );
  return typeof found === 'string' ? found : '';
}

/** As an address stands in HTML. */
function escaped(piece: string): string {
  return piece.replaceAll('&', '&amp;');
}

function columnOf(source: string, line: number, piece: string): number {
  return Math.max(1, (source.split('\n')[line - 1] ?? '').indexOf(piece) + 1);
}
