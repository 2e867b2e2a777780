import { SignJWT, generateKeyPair, importPKCS8 } from 'jose';
import { addSigningKey } from '../../src/apps/change-signing-keys.ts';
import { createApp } from '../../src/apps/index.ts';
import { inTransaction } from '../../src/db/index.ts';
import { createKey } from '../../src/users/index.ts';
import type { Row } from './row.ts';
import type { Door, Place } from './test-door.ts';

/** Makes the workspace what the row says it is; answers what its calls may name in braces. */
export async function prepare(
  door: Door,
  place: Place,
  given: Row['given'],
): Promise<Record<string, string>> {
  if (given === undefined) return {};
  return preparations[given](door, place);
}

const preparations: Record<
  NonNullable<Row['given']>,
  (door: Door, place: Place) => Promise<Record<string, string>>
> = {
  'verified app': async ({ pool, by, clock }, place) => {
    const owner = { workspaceId: place.id, by: by(place.id) };
    const made = await inTransaction(pool, async (tx) => {
      const { id } = await createApp(tx, { ...owner, name: 'iOS', platform: 'ios' });
      const key = await addSigningKey(tx, { ...owner, appId: id, name: '' });
      await tx.query('update apps set require_verified = true where id = $1', [id]);
      const { token } = await createKey(tx, { ...owner, kind: 'write', app: id });
      return { key, token };
    });
    place.writeKey = made.token;
    const { kid, private_key: pem } = made.key;
    const now = Math.floor(clock().getTime() / 1000);
    const theirs = await importPKCS8(pem!, 'ES256');
    const forged = await generateKeyPair('ES256');
    const sign = (
      claims: object,
      key: Parameters<SignJWT['sign']>[0],
      expires = now + 3600,
    ): Promise<string> =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setExpirationTime(expires)
        .sign(key);
    const good = await sign({ sub: 'u1' }, theirs);
    const [, claims = ''] = good.split('.');
    const head = (alg: string): string =>
      Buffer.from(JSON.stringify({ alg, kid })).toString('base64url');
    return {
      good,
      forged: await sign({ sub: 'u1' }, forged.privateKey),
      expired: await sign({ sub: 'u1' }, theirs, now - 3600),
      unsigned: `${head('none')}.${claims}.`,
      symmetric: `${head('HS256')}.${claims}.${Buffer.alloc(32).toString('base64url')}`,
      swapped: good.replace(
        claims,
        Buffer.from(Buffer.from(claims, 'base64url').toString().replace('"u1"', '"u2"')).toString(
          'base64url',
        ),
      ),
    };
  },
  'strict values': async ({ pool, refreshStrict }, { id }) => {
    await pool.query(
      `update workspaces set settings = settings || '{"type_conflicts":"reject"}' where id = $1`,
      [id],
    );
    await refreshStrict();
    return {};
  },
  'no new fields': async ({ pool }, { id }) => {
    await pool.query(
      `update workspaces set settings = settings || '{"create_fields":false}' where id = $1`,
      [id],
    );
    return {};
  },
};
