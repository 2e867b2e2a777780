import { lineOf, type Source } from './server-sources.ts';

interface SqlRule {
  pattern: RegExp;
  /** Within what was found: makes it harmless. */
  unless?: RegExp;
  message: string;
}

/** Shapes that a cluster refuses or falls over, and clocks that are not an argument. */
const rules: SqlRule[] = [
  {
    // The expression of an assignment that is a subscript and nothing else.
    pattern:
      /(?:\bset|,)\s*[a-z_]+\s*=\s*(?:\(\s*(?:\$\d+|[a-z_.]+)\s*(?:::\s*[a-z0-9_()[\]]+)?\s*\)|\$\d+|[a-z_]+(?:\.[a-z_]+)?)\s*\[[^\]]*\]\s*(?=,|\bwhere\b|\bfrom\b|\breturning\b|[`'";]|$)/gi,
    message: 'a bare subscript in SET takes a Citus coordinator down: wrap it, use -> or unnest',
  },
  {
    pattern: /\bmerge\s+into\b/gi,
    message: 'Citus refuses MERGE from unnest: use insert ... on conflict',
  },
  {
    pattern: /\bgroup\s+by\s+(?:rollup|cube|grouping\s+sets)\b/gi,
    message: 'Citus refuses grouping sets: group in an inner query and roll up outside',
  },
  {
    pattern: /\bfrom\s+unnest\([^)]*\)[^;`]*?\bcross\s+join\s+lateral\b[^;`]*?\blimit\b/gi,
    // These are local to the coordinator, where it is fine.
    unless: /\b(?:inbox|slots|slot_queue|resolvers)\b/i,
    message: 'Citus cannot push this down: drive from the distributed table, left join lateral',
  },
  {
    pattern:
      /\b(?:now\(\)|current_timestamp|clock_timestamp\(\)|statement_timestamp\(\)|current_date)/gi,
    message: 'time is an argument: pass `now`',
  },
  {
    pattern: /\bat\s+time\s+zone\b|\bdate_trunc\s*\([^)]*,[^)]*,/gi,
    message: 'zone arithmetic belongs to TypeScript: pass the boundaries as arguments',
  },
];

/** Each place where a piece of SQL in a source has a shape that some rule forbids. */
export function findBadSql({ path, text }: Source): string[] {
  return sqlOf(path, text).flatMap(({ sql, start }) =>
    rules.flatMap(({ pattern, unless, message }) =>
      [...sql.matchAll(pattern)]
        .filter((match) => !unless?.test(match[0]))
        .map((match) => `${path}:${lineOf(text, start + match.index)} ${message}`),
    ),
  );
}

const statement = /\b(?:select|insert\s+into|update|delete\s+from|with|create|alter|merge)\b/i;

/** A migration is SQL; in TypeScript it is in template and quoted strings. */
function sqlOf(path: string, text: string): { sql: string; start: number }[] {
  if (path.endsWith('.sql')) return [{ sql: withoutComments(text), start: 0 }];
  const strings = /`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
  return [...blankComments(text).matchAll(strings)]
    .map((match) => ({ sql: withoutComments(match[0]), start: match.index }))
    .filter(({ sql }) => statement.test(sql));
}

/** Same length, so that places stay where they are. */
function withoutComments(sql: string): string {
  return sql.replaceAll(/--[^\n]*/g, (comment) => ' '.repeat(comment.length));
}

/** An apostrophe in a comment would begin a string. */
function blankComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, (comment) => ' '.repeat(comment.length));
}
