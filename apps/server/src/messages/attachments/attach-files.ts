import type { Attachment } from '@perennial/channels/providers';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { callKey, type FetchAnswer, type FetchCall } from '../fetching/fetch-call.ts';
import { TemplateError } from '../rendering/template-error.ts';
import { ATTACHMENT_LIMITS } from './limits.ts';
import { nameFile } from './name-file.ts';

/** What is done with the files that a message lists. */
export type Attaching =
  /** They go with it, and it does not leave without, unless it says so. */
  | 'attach'
  /** They are looked at; what is wrong with one stands beside it. */
  | 'look'
  /** They are named. */
  | 'list';

export interface FilesAsked {
  attaching: Attaching;
  answers: Readonly<Record<string, FetchAnswer>>;
  onFailure: 'retry' | 'empty' | 'dont_send';
}

/** One of them as the rendered content tells of it. */
export interface ListedFile {
  url: string;
  name?: string;
  type?: string;
  size?: number;
  problem?: string;
}

interface WrittenFile {
  url: string;
  name: string;
  path: string;
}

type Found = { file: Attachment } | { reason: string; final: boolean };

/**
 * The files of a rendered e-mail, with what the content says of them. Throws a `TemplateError` for what is
 * yet to be fetched, and for what could not be where the message is not sent without.
 */
export function attachFiles(
  content: JsonObject,
  { attaching, answers, onFailure }: FilesAsked,
): { files: Attachment[]; listed: ListedFile[] } {
  const written = writtenFiles(content['attachments']);
  if (attaching === 'list') return { files: [], listed: written.map(named) };
  const missing = written.filter(({ url }) => !Object.hasOwn(answers, callKey(fileCall(url))));
  if (missing.length > 0) throw pending(missing);
  const files: Attachment[] = [];
  const listed: ListedFile[] = [];
  let left: number = ATTACHMENT_LIMITS.bytes;
  for (const each of written) {
    const found = findFile(each, { answers, left });
    if ('file' in found) {
      const { name, type, size } = found.file;
      files.push(found.file);
      listed.push({ url: each.url, name, type, size });
      left -= size;
    } else {
      if (attaching === 'attach' && onFailure !== 'empty') throw failed(each, found, onFailure);
      listed.push({ ...named(each), problem: found.reason });
    }
  }
  return { files, listed };
}

/** An address that came out empty is a file that this recipient does not get. */
function writtenFiles(value: Json | undefined): WrittenFile[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each, i) => {
    const { url, name } = each as { url: string; name?: string };
    return url === '' ? [] : [{ url, name: name ?? '', path: `/attachments/${i}` }];
  });
}

function named({ url, name }: WrittenFile): ListedFile {
  return { url, ...(name && { name }) };
}

function findFile(
  { url, name }: WrittenFile,
  { answers, left }: { answers: FilesAsked['answers']; left: number },
): Found {
  const answer = answers[callKey(fileCall(url))]!;
  if (!answer.ok) return { reason: answer.reason, final: answer.final ?? false };
  const { file } = answer;
  if (!file) throw new Error(`${url} was fetched as text.`);
  const called = nameFile(file, { name, url });
  if ('refused' in called) return { reason: called.refused, final: true };
  if (file.size > left) {
    const reason = `With ${called.name} the files are larger than ${megabytes()} together.`;
    return { reason, final: true };
  }
  return { file: { ...called, size: file.size, base64: file.base64 } };
}

function fileCall(url: string): FetchCall {
  const { cacheSeconds, timeoutMs } = ATTACHMENT_LIMITS;
  return { url, format: 'file', cacheSeconds, timeoutMs };
}

function pending(missing: readonly WrittenFile[]): TemplateError {
  const [{ path, url }] = missing as [WrittenFile];
  return new TemplateError({
    path,
    message: `${url} was not fetched.`,
    pending: missing.map((each) => fileCall(each.url)),
  });
}

/** What will be the same tomorrow is not waited for. */
function failed(
  { path }: WrittenFile,
  { reason, final }: Extract<Found, { reason: string }>,
  onFailure: 'retry' | 'dont_send',
): TemplateError {
  return new TemplateError({
    path,
    message: `A file could not be attached: ${reason}`,
    unfetched: final ? 'dont_send' : onFailure,
  });
}

export function megabytes(bytes: number = ATTACHMENT_LIMITS.bytes): string {
  return `${Math.round(bytes / 100_000) / 10} MB`;
}
