import { isDeepStrictEqual } from 'node:util';
import type { VersionChange } from '@perennial/contracts';
import type { JsonObject } from '../../inbox/index.ts';

type Content = Record<string, JsonObject>;

/** How a content differs from the one before, by language; equal languages are not in it. */
export function versionChanges(before: Content, after: Content): VersionChange[] {
  const languages = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return languages.flatMap((language): VersionChange[] => {
    const [was, is] = [before[language], after[language]];
    if (!was) return [{ language, change: 'added', fields: [] }];
    if (!is) return [{ language, change: 'removed', fields: [] }];
    const fields = changedFields(was, is);
    return fields.length > 0 ? [{ language, change: 'changed', fields }] : [];
  });
}

function changedFields(was: JsonObject, is: JsonObject): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.filter((name) => !isDeepStrictEqual(was[name], is[name]));
}
