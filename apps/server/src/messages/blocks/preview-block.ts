import type { ContentBlockPreview } from '@perennial/contracts';
import type { Pool } from '../../db/index.ts';
import { notFound, type WorkspaceRef } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { checkLanguage } from '../check-content.ts';
import { chooseLanguage } from '../choose-language.ts';
import { contactVariables, findContactCard, type ContactRef } from '../contact-variables.ts';
import { toProblem } from '../preview-message.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import type { BlockContent } from './block-content.ts';
import { framed } from './frame-mjml.ts';
import { blocksOf } from './load-blocks.ts';
import { readBlock } from './save-block.ts';

export interface BlockPreviewRequest {
  workspace: WorkspaceRef;
  id: number;
  content?: Record<string, BlockContent> | undefined;
  language?: string | undefined;
  contact?: ContactRef | undefined;
  now: Date;
}

let previews = 0;

/** A block says nothing of what is missing: its messages do. */
const PLAIN = { onMissing: 'empty', fallbacks: {}, onFetchFailure: 'empty' } as const;

/** The block alone on a page, as it looks in a message for this contact. */
export async function previewBlock(
  db: Pool,
  { renderPool }: { renderPool: RenderPool },
  { workspace, id, now, contact, ...request }: BlockPreviewRequest,
): Promise<ContentBlockPreview> {
  const workspaceId = workspace.id;
  const block = await readBlock(db, { workspaceId, id });
  const card =
    contact === undefined ? undefined : await findContactCard(db, { workspaceId, ref: contact });
  if (contact !== undefined && !card) throw notFound('contact');
  const content = request.content ?? block.content;
  const language = chooseLanguage({
    languages: Object.keys(content),
    wanted: [request.language],
    fallback: block.default_language,
  });
  const [shown, beside] = pagesOf(content[language] ?? {});
  const check = (draft: JsonObject) =>
    checkLanguage(
      { renderPool, findBlocks: blocksOf(db, { workspaceId }) },
      { channel: 'email', language, draft, path: '' },
    );
  const checked = await check(shown);
  const besides = beside ? await check(beside) : [];
  const problems = [checked, besides].flatMap((found) => (Array.isArray(found) ? found : []));
  if (Array.isArray(checked)) return { language, content: null, problems: problems.map(toProblem) };
  const [rendered] = await renderPool.render({
    template: {
      key: `block:${(previews += 1)}`,
      channel: 'email',
      content: checked.content,
      compiled: checked.compiled,
      language,
      personalisation: PLAIN,
      message: { id: '0', key: block.key, name: block.name },
    },
    workspace,
    now,
    items: [
      {
        delivery: {
          workspaceId,
          contactId: card?.id ?? 0,
          sendId: 0,
          deliveryId: 0,
          channel: 'email',
        },
        contact: contactVariables(card),
      },
    ],
  });
  if (!rendered?.ok) {
    const failed = rendered ? [rendered.problem] : [];
    return { language, content: null, problems: [...failed, ...problems].map(toProblem) };
  }
  const { html = '', text = '' } = rendered.content;
  return { language, content: { html, text }, problems: problems.map(toProblem) };
}

/** The page that is shown, and one for the HTML that MJML is shown in place of. */
function pagesOf({ mjml, html, text }: BlockContent): [shown: JsonObject, beside?: JsonObject] {
  const texts = { subject: '-', ...(text !== undefined && { text }) };
  if (mjml === undefined) return [{ ...texts, html: html ?? '-' }];
  const shown = { ...texts, mjml: framed(mjml) };
  return html === undefined ? [shown] : [shown, { subject: '-', html }];
}
