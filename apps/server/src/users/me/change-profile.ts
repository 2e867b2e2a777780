import type { meChangeSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import { lockUser, updateProfile, type UserRow } from '../queries.ts';

type Change = z.output<typeof meChangeSchema>;

/** Names, language, zone, looks. `preferences` replaces what was there. */
export async function changeProfile(
  tx: Tx,
  { userId, change }: { userId: number; change: Change },
): Promise<UserRow> {
  const user = await lockUser(tx, { id: userId });
  if (!user) throw new Problem('unauthenticated');
  const changed = {
    ...user,
    name: change.name ?? user.name,
    locale: change.locale ?? user.locale,
    time_zone: change.time_zone === undefined ? user.time_zone : change.time_zone,
    preferences: (change.preferences ?? user.preferences) as UserRow['preferences'],
  };
  await updateProfile(tx, changed);
  return changed;
}
