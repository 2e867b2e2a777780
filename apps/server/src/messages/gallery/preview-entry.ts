import { notFound, type WorkspaceRef } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { checkLanguage, withoutBlocks } from '../check-content.ts';
import type { Compiled } from '../rendering/compile-content.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import { readGallery, type GalleryEntry } from './read-gallery.ts';

export interface EntryToShow {
  workspace: WorkspaceRef;
  key: string;
  channel: string;
  language: string;
  /** With the data of its sample; without any otherwise. */
  filled?: boolean;
  now: Date;
}

/** Compiling takes longer than rendering, and what is compiled stays the same. */
const compiledOf = new Map<string, Promise<Compiled>>();

/** An entry of the gallery as somebody in this workspace would get it. */
export async function previewEntry(
  renderPool: RenderPool,
  { workspace, key, channel, language, filled = true, now }: EntryToShow,
): Promise<{ language: string; content: JsonObject }> {
  const entry = await findEntry(key);
  const content = entry.content[channel]?.[language];
  if (!content) throw notFound('channel or language of this entry');
  const name = `gallery:${key}:${channel}:${language}`;
  const compiling =
    compiledOf.get(name) ?? compile(renderPool, { channel, content, language, name });
  compiledOf.set(name, compiling);
  const sample = filled ? entry.sample[language] : undefined;
  const [rendered] = await renderPool.render({
    template: {
      key: name,
      channel,
      content,
      compiled: await compiling,
      language,
      personalisation: { onMissing: 'empty', fallbacks: {}, onFetchFailure: 'retry' },
      message: { id: '0', key, name: entry.about[language]!.name },
    },
    workspace,
    now,
    items: [
      {
        delivery: {
          workspaceId: workspace.id,
          contactId: 0,
          sendId: 0,
          deliveryId: 0,
          channel,
        },
        contact: sample?.contact ?? {},
        ...(sample?.event && { event: sample.event }),
      },
    ],
  });
  if (!rendered?.ok) throw new Error(`${name}: ${rendered?.problem.message}`);
  return { language, content: rendered.content };
}

export async function findEntry(key: string): Promise<GalleryEntry> {
  const entry = (await readGallery()).find((one) => one.key === key);
  if (!entry) throw notFound('entry of the gallery');
  return entry;
}

async function compile(
  renderPool: RenderPool,
  {
    channel,
    content,
    language,
    name,
  }: { channel: string; content: JsonObject; language: string; name: string },
): Promise<Compiled> {
  const checked = await checkLanguage(withoutBlocks(renderPool), {
    channel,
    language,
    draft: content,
    path: '',
  });
  if (!Array.isArray(checked)) return checked.compiled;
  throw new Error(`${name}: ${checked.map(({ message }) => message).join(' ')}`);
}
