import type { ChannelDefinition } from '@perennial/channels';
import type { JsonObject } from '../../inbox/index.ts';
import { textsOf } from './compile-content.ts';
import { createLiquidEngine, type VariablePath } from './liquid.ts';

/** Parses only: nothing of a template runs outside of a render thread. */
const engine = createLiquidEngine();

/** What each text of a content reads from outside; of content that compiled. */
export function textsRead(
  content: JsonObject,
  definition: ChannelDefinition,
): { path: string; variables: VariablePath[] }[] {
  return textsOf(content, definition).map(({ path, text, writing }) => ({
    path,
    variables: engine.variablesOf(engine.parse(text, { path, writing })),
  }));
}
