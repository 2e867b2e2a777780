import { noSecret } from '../fetching/secrets/secret-uses.ts';
import type { MessageCheck } from './check.ts';

/** What a message fetches with such a secret fails, for everybody. */
export const secrets: MessageCheck = {
  key: 'secrets',
  find: ({ unknownSecrets }) =>
    unknownSecrets.map(({ name, path, excerpt }) => ({
      severity: 'error',
      path,
      message: noSecret(name),
      advice: 'Correct the name, or give the secret in Settings → Channels.',
      ...(excerpt !== undefined && { piece: excerpt }),
    })),
};
