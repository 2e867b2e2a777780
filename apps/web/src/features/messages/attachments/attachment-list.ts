import type { MessageContent } from '../message.ts';

export const MOST_FILES = 10;

/** A file as it is written: where it comes from, and what it is called. */
export interface WrittenFile {
  url: string;
  name?: string;
}

/** A file of a rendered message: what was found of it. */
export interface FoundFile extends WrittenFile {
  type?: string;
  size?: number;
  problem?: string;
}

export function filesOf<File extends WrittenFile>({ attachments }: MessageContent): File[] {
  return Array.isArray(attachments) ? (attachments as unknown as File[]) : [];
}

/** None is no member; a name that is empty is that of the address. */
export function withFiles(content: MessageContent, files: readonly WrittenFile[]): MessageContent {
  const { attachments: _before, ...rest } = content;
  if (files.length === 0) return rest;
  return { ...rest, attachments: files.map(({ url, name }) => ({ url, ...(name && { name }) })) };
}
