import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { SecretBox } from '../secret/index.ts';

/** What a push is called by the app that shows it: a UUID that only this installation makes. */
export interface InteractionIds {
  make(delivery: { workspaceId: number; deliveryId: number }): string;
  /** Undefined for whatever this installation did not make. */
  read(text: string): { workspaceId: number; deliveryId: number } | undefined;
}

const MARK = 0x7065;

/** One block of AES over both numbers and a mark: nothing to guess, nothing to store. */
export function createInteractionIds(box: Pick<SecretBox, 'sign'>): InteractionIds {
  const key = box.sign('interaction ids', 'key 1').subarray(0, 16);
  return {
    make({ workspaceId, deliveryId }) {
      const plain = Buffer.alloc(16);
      plain.writeUInt16BE(MARK, 0);
      plain.writeUIntBE(workspaceId, 2, 6);
      plain.writeBigUInt64BE(BigInt(deliveryId), 8);
      const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
      const hex = Buffer.concat([cipher.update(plain), cipher.final()]).toString('hex');
      return [8, 4, 4, 4, 12]
        .map((length, i, lengths) => {
          const from = lengths.slice(0, i).reduce((sum, one) => sum + one, 0);
          return hex.slice(from, from + length);
        })
        .join('-');
    },
    read(text) {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
      const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
      const sealed = Buffer.from(text.replaceAll('-', ''), 'hex');
      const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
      const deliveryId = plain.readBigUInt64BE(8);
      if (plain.readUInt16BE(0) !== MARK || deliveryId > Number.MAX_SAFE_INTEGER) return undefined;
      return { workspaceId: plain.readUIntBE(2, 6), deliveryId: Number(deliveryId) };
    },
  };
}
