import type { Db } from '../db/index.ts';
import type { SecretBox } from './secret-box.ts';

/**
 * Throws unless the database was made with this secret: with another one, the credentials stored
 * in it could not be read and links sent out would stop working. The first program to come with a
 * secret leaves its fingerprint.
 */
export async function checkFingerprint(db: Db, box: SecretBox): Promise<void> {
  await db.query(
    'update installation set secret_fingerprint = $1 where secret_fingerprint is null',
    [box.fingerprint()],
  );
  const { rows } = await db.query<{ same: boolean }>(
    'select secret_fingerprint = $1 as same from installation',
    [box.fingerprint()],
  );
  if (rows[0]?.same === false) {
    throw new Error(
      'This database was made with another secret. Set PERENNIAL_SECRET to the one that ' +
        '"perennial secret" prints where the database was made.',
    );
  }
}
