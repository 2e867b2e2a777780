import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { fillIn, type Words } from './fill-in.ts';
import { serverFolder } from '../../server-folder.ts';

/** A good starting point that comes with the program, in all its channels and languages. */
export interface GalleryEntry {
  key: string;
  /** Goes out whatever was said about marketing. */
  transactional: boolean;
  languages: string[];
  /** By language. */
  about: Record<string, { name: string; about: string }>;
  /** By channel, then by language. */
  content: Record<string, Record<string, JsonObject>>;
  /** What a picture of it is rendered with, by language. */
  sample: Record<string, Sample>;
}

export interface Sample {
  contact?: JsonObject | undefined;
  event?: JsonObject | undefined;
}

const folder = new URL('gallery/', serverFolder);

const indexSchema = z.array(
  z.strictObject({
    key: z.string(),
    transactional: z.boolean(),
    colours: z.record(z.string(), z.string()),
  }),
);
type Listed = z.infer<typeof indexSchema>[number];

const jsonObject = z.record(z.string(), z.json());
const wordsSchema = z.record(z.string(), z.string());

/** What an entry says in one language: of e-mail and in-app messages words, of others the content. */
const entrySchema = z
  .strictObject({
    name: z.string(),
    about: z.string(),
    sample: z.strictObject({ contact: jsonObject.optional(), event: jsonObject.optional() }),
    email: z.object({ subject: z.string(), preheader: z.string() }).catchall(z.string()),
    in_app: wordsSchema.optional(),
  })
  .catchall(jsonObject);
type EntryText = z.infer<typeof entrySchema>;

let reading: Promise<readonly GalleryEntry[]> | undefined;

/** The entries in their order. Files do not change while the program runs: they are read once. */
export function readGallery(): Promise<readonly GalleryEntry[]> {
  reading ??= readEntries();
  return reading;
}

async function readEntries(): Promise<GalleryEntry[]> {
  const listed = indexSchema.parse(await readJson('gallery.json'));
  const parts = await readParts();
  return Promise.all(listed.map((one) => readEntry(one, parts)));
}

/** What entries have in common: pieces of MJML and HTML, and words by language. */
interface Parts {
  pieces: Words;
  words: Record<string, Words>;
}

async function readParts(): Promise<Parts> {
  const parts: Parts = { pieces: {}, words: {} };
  for (const file of await readdir(new URL('parts/', folder))) {
    const [name = '', kind] = file.split('.');
    if (kind === 'json') parts.words[name] = wordsSchema.parse(await readJson(`parts/${file}`));
    else parts.pieces[name] = await readText(`parts/${file}`);
  }
  return parts;
}

async function readEntry(
  { key, transactional, colours }: Listed,
  parts: Parts,
): Promise<GalleryEntry> {
  const mjml = await readText(`${key}/email.mjml`);
  const entry: GalleryEntry = {
    key,
    transactional,
    languages: Object.keys(parts.words),
    about: {},
    content: {},
    sample: {},
  };
  for (const [language, common] of Object.entries(parts.words)) {
    const text = entrySchema.parse(await readJson(`${key}/${language}.json`));
    const words = { ...common, ...colours, language };
    entry.about[language] = { name: text.name, about: text.about };
    entry.sample[language] = text.sample;
    for (const [channel, content] of contentsOf(text, { mjml, parts, words })) {
      (entry.content[channel] ??= {})[language] = content;
    }
  }
  return entry;
}

function contentsOf(
  text: EntryText,
  { mjml, parts, words }: { mjml: string; parts: Parts; words: Words },
): [channel: string, content: JsonObject][] {
  const { name: _name, about: _about, sample: _sample, email, in_app: inApp, ...others } = text;
  const { subject, preheader } = email;
  const fill = (source: string, own: Words): string =>
    fillIn(source, { pieces: parts.pieces, words: { ...words, ...own } });
  return [
    ['email', { subject, preheader, mjml: fill(mjml, email) }],
    ...(inApp
      ? [['in_app', { layout: 'popup', html: fill('[[> in-app]]', inApp) }] as [string, JsonObject]]
      : []),
    ...Object.entries(others as Record<string, JsonObject>),
  ];
}

function readText(path: string): Promise<string> {
  return readFile(new URL(path, folder), 'utf8');
}

async function readJson(path: string): Promise<Json> {
  return JSON.parse(await readText(path)) as Json;
}
