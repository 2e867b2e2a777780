import type { Db } from '../../db/index.ts';
import { loadVersion, type VersionRow } from '../../messages/index.ts';

export interface VersionCache {
  get(key: { messageId: number; version: number }): Promise<VersionRow>;
}

const MOST = 200;

/** Versions of messages never change, so each is read once. */
export function createVersionCache(db: Db): VersionCache {
  const known = new Map<string, Promise<VersionRow>>();
  async function read({
    messageId,
    version,
  }: {
    messageId: number;
    version: number;
  }): Promise<VersionRow> {
    const row = await loadVersion(db, { messageId, version });
    if (!row) throw new Error(`Message ${messageId} has no version ${version}.`);
    return row;
  }
  return {
    get(wanted) {
      const key = `${wanted.messageId}:${wanted.version}`;
      const found = known.get(key);
      if (found) return found;
      const reading = read(wanted);
      reading.catch(() => known.delete(key));
      known.set(key, reading);
      const oldest = known.size > MOST ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      return reading;
    },
  };
}
