import { encodeAttachment } from '@perennial/channels/providers';
import { fileTypeFromBuffer } from 'file-type';

/** A file that was fetched, as far as its bytes tell. */
export interface FetchedFile {
  size: number;
  base64: Uint8Array;
  /** Undefined: its bytes are those of no known kind. */
  kind: { extension: string; type: string } | undefined;
  isText: boolean;
}

/** What the bytes are, whatever the server and the name say. */
export async function inspectFile(bytes: Uint8Array): Promise<FetchedFile> {
  const found = await fileTypeFromBuffer(bytes);
  return {
    size: bytes.length,
    base64: encodeAttachment(bytes),
    kind: found && { extension: found.ext, type: found.mime },
    isText: isText(bytes),
  };
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
