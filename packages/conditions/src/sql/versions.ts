import { VERSION_PATTERN, type Version } from '../values/version.ts';
import type { Sql, SqlSubject } from './sql.ts';
import { textOf } from './texts.ts';

/** Parts of a text of dotted numbers as an array that orders as versions do; else null. */
export function versionPartsSql(subject: SqlSubject): string {
  const expression = textOf(subject);
  // Missing parts are 0, so zeros at the end mean nothing.
  return `(case when ${expression} ~ '${VERSION_PATTERN}'
                then string_to_array(regexp_replace(${expression}, '([.]0+)+$', ''), '.')::bigint[] end)`;
}

/** A version to compare `versionPartsSql` with. */
export function putVersion(sql: Sql, version: Version): string {
  const end = version.findLastIndex((part) => part !== 0);
  return sql.put(version.slice(0, Math.max(1, end + 1)), 'bigint[]');
}
