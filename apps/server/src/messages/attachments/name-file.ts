import { supportedExtensions } from 'file-type';
import mime from 'mime';
import type { FetchedFile } from './inspect-file.ts';
import { REFUSED_EXTENSIONS } from './refused-types.ts';

interface NamedFile {
  name: string;
  /** `application/pdf` */
  type: string;
}

const LONGEST_NAME = 150;
const ANYTHING = 'application/octet-stream';

/**
 * What a file is called and what it is, from the name that was given or its address, and its bytes.
 * Refuses what could act on the machine that opens it, and what is not what its name says.
 */
export function nameFile(
  file: Pick<FetchedFile, 'kind' | 'isText' | 'size'>,
  { name, url }: { name: string; url: string },
): NamedFile | { refused: string } {
  const given = cleanName(name) || nameIn(url);
  const extension = extensionOf(given);
  const { kind } = file;
  const dangerous = [kind?.extension, extension].find(
    (each) => each !== undefined && REFUSED_EXTENSIONS.has(each),
  );
  if (dangerous) return { refused: `${given} is a .${dangerous} file, which mail servers refuse.` };
  if (file.size === 0) return { refused: `${given} is empty.` };
  if (kind) {
    // A name that has no extension gets one, so that a program is found that opens it.
    const whole = extension === undefined ? `${given}.${kind.extension}` : given;
    return { name: whole, type: kind.type.split(';')[0]! };
  }
  if (extension !== undefined && isToldByBytes(extension)) {
    return { refused: `${given} is no .${extension} file by what is in it.` };
  }
  if (extension === undefined && file.isText) return { name: `${given}.txt`, type: 'text/plain' };
  return { name: given, type: (extension && mime.getType(extension)) ?? ANYTHING };
}

/** Formats whose bytes say so: a page with an error under such a name is seen. */
function isToldByBytes(extension: string): boolean {
  return supportedExtensions.has(extension) && !TOLD_SOMETIMES.has(extension);
}

/** Text, or old formats that have no mark of their own. */
const TOLD_SOMETIMES = new Set([
  'xml',
  'ics',
  'vcf',
  'vtt',
  'eps',
  'ps',
  'dat',
  'numbers',
  'pages',
  'key',
]);

function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '';
  return cleanName(decoded(last)) || 'file';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A name alone: no folders, no line breaks, nothing that turns its end around. */
function cleanName(name: string): string {
  const plain = name
    // oxlint-disable-next-line no-control-regex -- control characters are what is removed
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/["\\/:*?<>|]+/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (plain.length <= LONGEST_NAME) return plain;
  const extension = extensionOf(plain);
  const kept = LONGEST_NAME - (extension === undefined ? 0 : extension.length + 1);
  const start = plain.slice(0, kept).toWellFormed();
  return extension === undefined ? start : `${start}.${extension}`;
}

function extensionOf(name: string): string | undefined {
  return /\.([a-z0-9_]{1,12})$/i.exec(name)?.[1]?.toLowerCase();
}
