import { createHash } from 'node:crypto';
import type { Db } from '../../../db/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import { findSealed } from './secret-queries.ts';

/** A header with the secret's text. */
export interface OpenSecret {
  /** The scheme and host that it may be sent to. */
  origin: string;
  header: string;
  /** Its text; whoever only looks whether it is the same needs none. */
  open: () => string;
  /** Another one whenever any of it is given anew. */
  mark: string;
}

export type SecretSource = (workspaceId: number, name: string) => Promise<OpenSecret | undefined>;

/** Read for each request anew, so that another value counts at once in every process. */
export function secretsFrom(db: Db, box: SecretBox): SecretSource {
  return async (workspaceId, name) => {
    const found = await findSealed(db, { workspaceId, name });
    if (!found) return undefined;
    const { origin, header, sealed } = found;
    const mark = createHash('sha256').update(`${origin} ${header} ${sealed}`).digest('base64');
    return { origin, header, mark, open: () => box.open(sealed) };
  };
}
