import type { Tx } from '../../db/index.ts';
import { lockSlots, readSlotCount } from '../../slots/index.ts';

/**
 * Waits for every batch that is under way: what they know of definitions is from before. Each slot
 * is held for an instant and no two of them at once, so that work goes on elsewhere.
 */
export async function passSlots(tx: Tx): Promise<void> {
  const slots = await readSlotCount(tx);
  await tx.query('savepoint passing');
  for (let slot = 0; slot < slots; slot += 1) {
    await lockSlots(tx, { slots: [slot] });
    await tx.query('rollback to savepoint passing');
  }
  await tx.query('release savepoint passing');
}
