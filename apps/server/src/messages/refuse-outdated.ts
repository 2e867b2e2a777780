import { Problem } from '../http/index.ts';

/** Somebody's newer version is not overwritten by a change that did not see it. */
export function refuseOutdated(
  { version }: { version: number },
  { base_version: base }: { base_version?: number | undefined },
): void {
  if (base === undefined || base === version) return;
  throw new Problem('outdated', {
    detail: `Version ${version} was saved meanwhile; this change was made from version ${base}.`,
  });
}
