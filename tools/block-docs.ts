import { BLOCK_GROUPS, blocks, LIQUID_TEXT, type BlockDefinition } from '@perennial/blocks';
import { format } from 'prettier';
import { z } from 'zod';

const GROUPS: Record<(typeof BLOCK_GROUPS)[number], string> = {
  message: 'Messages',
  time: 'Time',
  condition: 'Conditions',
  contact: 'Contact',
  flow: 'Flow',
};

/** The page about blocks, made of the record that the palette and the engine use. */
export async function blockDocs(): Promise<string> {
  const all = Object.values(blocks) as unknown as BlockDefinition[];
  const sections = BLOCK_GROUPS.flatMap((group) => {
    const own = sectionsOf(all.filter((block) => block.group === group));
    return own.length > 0 ? [`## ${GROUPS[group]}`, ...own] : [];
  });
  return format([HEAD, ...sections].join('\n\n'), { parser: 'markdown' });
}

/** Blocks that differ in their names alone share a section. */
function sectionsOf(group: BlockDefinition[]): string[] {
  const titles = new Map<string, string[]>();
  for (const block of group) {
    const body = bodyOf(block);
    titles.set(body, [...(titles.get(body) ?? []), `${block.label} (\`${block.type}\`)`]);
  }
  return [...titles].map(([body, names]) => `### ${names.join(', ')}\n\n${body}`);
}

const HEAD = `# Blocks

Every kind of block of this release, made by \`node tools/generate-block-docs.ts\` from the record
in \`packages/blocks\`. Beside its settings, a block has \`exits\` (where each way leads; one that is
not drawn ends the run), a \`position\` on the canvas and a \`note\`.

A *value from elsewhere* is \`{"$event": "path"}\` (a parameter of what started the run),
\`{"$contact": "field"}\` (a field of the contact), \`{"$run": "block.path"}\` (the result of an
earlier block), or text with Liquid, such as \`"{{ contact.first_name }}"\`; settings that are texts take
Liquid as well, less names and IDs of things. How blocks are put together is told in [Workflows](workflows.md).`;

function bodyOf(block: BlockDefinition): string {
  const defaults = block.defaults();
  const exits = block.exits(defaults as never).map((exit) => `\`${exit}\``);
  return [
    [
      exits.length > 0 ? `Exits: ${exits.join(', ')}.` : 'No exits: the run is completed here.',
      block.waiting ? 'A run may wait here.' : '',
      exits.length > 0 ? failure(block, exits) : '',
    ]
      .filter(Boolean)
      .join(' '),
    settingsTable(block),
    `A new one begins with \`${JSON.stringify(defaults)}\`.`,
  ].join('\n\n');
}

function failure({ onFailure }: BlockDefinition, exits: string[]): string {
  if (!exits.includes('`failed`')) return 'When it fails, the run ends as failed.';
  return onFailure === 'continue'
    ? 'When it fails and `failed` is not drawn, the run goes on by `next`.'
    : 'When it fails and `failed` is not drawn, the run ends as failed.';
}

interface JsonSchema {
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
}

function settingsTable(block: BlockDefinition): string {
  const schema = z.toJSONSchema(block.settings, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  const members = Object.entries(schema.properties ?? {});
  if (members.length === 0) return 'It has no settings.';
  const rows = members.map(([name, member]) => {
    const needed = schema.required?.includes(name) ? 'yes' : '';
    return `| \`${name}\` | ${typeOf(member)} | ${needed} |`;
  });
  return ['| setting | takes | required |', '|---|---|---|', ...rows].join('\n');
}

const REFERENCE = 'a value from elsewhere';

function typeOf(schema: JsonSchema): string {
  if (schema.description === LIQUID_TEXT) return REFERENCE;
  if (schema.anyOf) {
    const kinds = schema.anyOf.flatMap((kind) => typeOf(kind).split(' or '));
    return [...new Set(kinds)].join(' or ');
  }
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'values'}`;
  if (schema.type === 'object') return objectType(schema);
  if (schema.type === undefined) return 'any JSON';
  return [schema.type].flat().join(' or ');
}

function objectType({ properties, required = [], additionalProperties }: JsonSchema): string {
  const names = Object.keys(properties ?? {});
  if (names.includes('$secret')) return 'a kept secret';
  if (names.some((name) => name.startsWith('$'))) return REFERENCE;
  if (names.length > 0) {
    const members = names.map((name) => (required.includes(name) ? name : `${name}?`));
    return `\`{${members.join(', ')}}\``;
  }
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0) {
    return `object of ${typeOf(additionalProperties)} by name`;
  }
  return 'object';
}
