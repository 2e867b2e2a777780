import { findBlock, parseWorkflow } from '@perennial/blocks';
import type { WorkflowProblem } from '@perennial/contracts';
import { SETTINGS, type RenderPool } from '../messages/index.ts';
import { settingsContent, settingsPath, templatesOf } from './settings-content.ts';

/** Liquid among the settings of blocks that cannot be read, with its place. */
export async function checkLiquid(
  compile: RenderPool['compile'],
  definition: unknown,
): Promise<WorkflowProblem[]> {
  const parsed = parseWorkflow(definition);
  if (!parsed.ok) return [];
  const problems: WorkflowProblem[] = [];
  for (const [id, { type, settings }] of Object.entries(parsed.definition.blocks)) {
    if (templatesOf(type, settings).length === 0) continue;
    const content = settingsContent(type, settings);
    const compiled = await compile({ channel: SETTINGS, content });
    if (compiled.ok) continue;
    for (const { path, message, line } of compiled.problems) {
      const where = line !== undefined && line > 1 ? ` (line ${line})` : '';
      problems.push({
        path: `/blocks/${id}${settingsPath(path)}`,
        block: id,
        message: `${findBlock(type)!.label} ${id}${where}: ${message}`,
      });
    }
  }
  return problems;
}
