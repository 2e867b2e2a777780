import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { checkFingerprint } from './check-fingerprint.ts';
import { createSecretBox } from './secret-box.ts';

const { pool } = await testDatabase();
const box = createSecretBox('the first secret');

test('the first secret stays, and another one is refused', async () => {
  await pool.query('insert into installation (slots, created_at) values (64, $1)', [
    new Date('2026-01-01'),
  ]);
  await checkFingerprint(pool, box);
  await checkFingerprint(pool, box);
  await expect(checkFingerprint(pool, createSecretBox('the second secret'))).rejects.toThrow(
    'made with another secret',
  );
});
