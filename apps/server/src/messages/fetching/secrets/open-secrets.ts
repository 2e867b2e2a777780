import type { Db } from '../../../db/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import { findSealed } from './secret-queries.ts';

/** A header with the secret's text. */
export interface OpenSecret {
  /** The scheme and host that it may be sent to. */
  origin: string;
  header: string;
  value: string;
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
    return { origin, header, value: box.open(sealed), mark: `${origin} ${header} ${sealed}` };
  };
}
