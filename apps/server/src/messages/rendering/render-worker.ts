import { parentPort, workerData } from 'node:worker_threads';
import { ownMemoryOf } from '@perennial/channels/providers';
import { compileContent } from './compile-content.ts';
import { createEmailFinisher } from './finish-email.ts';
import { createLiquidEngine } from './liquid.ts';
import { prepareTemplate } from './prepare-template.ts';
import { createRecipientTokens } from './recipient-token.ts';
import { renderItem, type ReadyTemplate } from './render-item.ts';
import type {
  Rendered,
  RenderTemplate,
  WorkerAnswer,
  WorkerRequest,
  WorkerSetup,
} from './render-job.ts';
import { TemplateError } from './template-error.ts';
import { templateWords } from './template-words.ts';

const { publicUrl, tokenKey, progress } = workerData as WorkerSetup;
const current = new Int32Array(progress);
const engine = createLiquidEngine();
const parts = {
  publicUrl,
  tokens: createRecipientTokens(tokenKey),
  finishEmail: createEmailFinisher(),
};
/** A template that cannot be read (it could when it was saved) fails each of its renderings. */
const templates = new Map<string, ReadyTemplate | TemplateError>();

// One request after another: the pool sends the next only after the answer.
parentPort!.on('message', (request: WorkerRequest) => {
  if (request.kind === 'define') define(request.template);
  else if (request.kind === 'forget') templates.delete(request.key);
  else
    void answer(request).then(({ message, transfer }) =>
      parentPort!.postMessage(message, transfer),
    );
});

function define(template: RenderTemplate): void {
  const { key, channel, language, message, personalisation } = template;
  try {
    const render = prepareTemplate(engine, template);
    templates.set(key, { channel, language, message, personalisation, render });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    templates.set(key, error);
  }
}

async function answer(
  request: Extract<WorkerRequest, { kind: 'compile' | 'words' | 'render' }>,
): Promise<{ message: WorkerAnswer; transfer: ArrayBuffer[] }> {
  if (request.kind === 'compile') {
    Atomics.store(current, 0, 1);
    const compilation = await compileContent(engine, request);
    return { message: { kind: 'compiled', compilation }, transfer: [] };
  }
  if (request.kind === 'words') {
    Atomics.store(current, 0, 1);
    return { message: { kind: 'words', words: await templateWords(engine) }, transfer: [] };
  }
  const results: Rendered[] = [];
  for (const [i, item] of request.items.entries()) {
    Atomics.store(current, 0, i + 1);
    const template = templates.get(request.key);
    if (!template) throw new Error(`The template ${request.key} was not handed over.`);
    results.push(
      template instanceof TemplateError
        ? { ok: false, problem: template.problem }
        : renderItem(parts, { template, item, common: request }),
    );
  }
  return { message: { kind: 'rendered', results }, transfer: results.flatMap(memoryOf) };
}

/** Messages are handed over, not copied: most of an answer is theirs. */
function memoryOf(rendered: Rendered): ArrayBuffer[] {
  return rendered.ok && rendered.mail ? ownMemoryOf(rendered.mail.raw) : [];
}

parentPort!.postMessage({ kind: 'ready' } satisfies WorkerAnswer);
