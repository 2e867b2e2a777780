import { createHash } from 'node:crypto';
import { LOGO_BYTES, LOGO_TYPES } from '@perennial/contracts';
import { imageSize } from 'image-size';
import { writeAudit } from '../../../audit/index.ts';
import type { Tx } from '../../../db/index.ts';
import { Problem, type Origin } from '../../../http/index.ts';
import { lockPages, updateLogo, type LogoRow } from './queries.ts';

const MIME: Record<(typeof LOGO_TYPES)[number], string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
};
const MOST_PIXELS = 4_000;

/** A picture by what it holds, not by what it is called; throws what is wrong with it. */
export function readLogo(base64: string): LogoRow {
  const data = Buffer.from(base64, 'base64');
  if (data.length > LOGO_BYTES) throw refused('The picture is larger than 200 kB.');
  const { type, width, height } = measure(data);
  if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) {
    throw refused(`The picture is ${width} × ${height} pixels; at most ${MOST_PIXELS} each way.`);
  }
  const hash = createHash('sha256').update(data).digest('hex');
  return { data, type: MIME[type], width, height, hash };
}

function measure(data: Buffer): { type: keyof typeof MIME; width: number; height: number } {
  const { type, width, height } = read(data);
  if (type && Object.hasOwn(MIME, type)) return { type: type as keyof typeof MIME, width, height };
  throw refused('This is no PNG, JPEG, WebP or GIF. An SVG can hold scripts, so it is not taken.');
}

/** It throws for whatever it cannot read, in words for programmers. */
function read(data: Buffer): ReturnType<typeof imageSize> {
  try {
    return imageSize(data);
  } catch (cause) {
    throw refused('This is no picture, or it is damaged.', cause);
  }
}

function refused(message: string, cause?: unknown): Problem {
  return new Problem('unprocessable', {
    detail: message,
    errors: [{ path: '/data', message, in: 'body' }],
    ...(cause !== undefined && { cause }),
  });
}

/** Null takes it away. */
export async function saveLogo(
  tx: Tx,
  { workspaceId, logo, by }: { workspaceId: number; logo: LogoRow | null; by: Origin },
): Promise<void> {
  await lockPages(tx, { workspaceId, now: by.at });
  await updateLogo(tx, { workspaceId, logo });
  await writeAudit(tx, {
    by,
    action: 'settings.change',
    object: { kind: 'workspace', id: workspaceId },
    after: { logo: logo && { type: logo.type, bytes: logo.data.length, hash: logo.hash } },
  });
}
