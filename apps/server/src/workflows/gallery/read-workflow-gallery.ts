import { readFile } from 'node:fs/promises';
import { fillPlaces } from '@perennial/blocks';
import { z } from 'zod';
import { notFound } from '../../http/index.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { serverFolder } from '../../server-folder.ts';

/** A workflow that comes with the program, with places for what is a workspace's own. */
export interface WorkflowEntry {
  key: string;
  /** What it is and what it needs, in each language. */
  texts: ReadonlyMap<string, EntryWords>;
  events: Readonly<Record<string, Needed>>;
  fields: Readonly<Record<string, Needed>>;
  /** Rules of segments that are made with it. */
  segments: Readonly<Record<string, JsonObject>>;
  /** Messages that are made with it, each of an entry of the messages' gallery. */
  messages: Readonly<Record<string, { gallery: string; channel: string }>>;
  definition: JsonObject;
}

export interface Needed {
  /** What it is mostly called. */
  usual: string[];
}

const names = z.record(z.string(), z.string());
const jsonObject = z.record(z.string(), z.json());
const needed = z.record(z.string(), z.strictObject({ usual: z.array(z.string()).min(1) }));

const entrySchema = z.strictObject({
  events: needed,
  fields: needed,
  segments: z.record(z.string(), jsonObject),
  messages: z.record(z.string(), z.strictObject({ gallery: z.string(), channel: z.string() })),
  definition: jsonObject,
});

const wordsSchema = z.strictObject({
  name: z.string(),
  about: z.string(),
  events: names,
  fields: names,
  segments: names,
  messages: names,
  /** Names, reasons and notes of its blocks. */
  texts: names,
});
export type EntryWords = z.infer<typeof wordsSchema>;

/** The languages of the messages' gallery; the first is spoken where another is not known. */
export const GALLERY_LANGUAGES = ['en', 'uk'] as const;

const folder = new URL('gallery/workflows/', serverFolder);

let reading: Promise<readonly WorkflowEntry[]> | undefined;

/** The entries in their order. Files do not change while the program runs: they are read once. */
export function readWorkflowGallery(): Promise<readonly WorkflowEntry[]> {
  reading ??= readEntries();
  return reading;
}

/** Throws `not_found` for a key that no entry has. */
export async function findWorkflowEntry(key: string): Promise<WorkflowEntry> {
  const entry = (await readWorkflowGallery()).find((one) => one.key === key);
  if (!entry) throw notFound('workflow of the gallery');
  return entry;
}

/** Its words in a language, or in the first one. */
export function wordsOf({ texts }: WorkflowEntry, language: string): EntryWords {
  return texts.get(language) ?? texts.get(GALLERY_LANGUAGES[0])!;
}

/** The definition in a language; what is the workspace's own is still to be filled in. */
export function definitionIn(entry: WorkflowEntry, language: string): JsonObject {
  return fillPlaces(entry.definition, { text: wordsOf(entry, language).texts });
}

async function readEntries(): Promise<WorkflowEntry[]> {
  const keys = z.array(z.string()).parse(await readJson('gallery.json'));
  return Promise.all(
    keys.map(async (key) => ({
      key,
      ...entrySchema.parse(await readJson(`${key}/workflow.json`)),
      texts: new Map(
        await Promise.all(
          GALLERY_LANGUAGES.map(
            async (language) =>
              [language, wordsSchema.parse(await readJson(`${key}/${language}.json`))] as const,
          ),
        ),
      ),
    })),
  );
}

async function readJson(path: string): Promise<Json> {
  return JSON.parse(await readFile(new URL(path, folder), 'utf8')) as Json;
}
