import { findBlock } from '@perennial/blocks';
import { z } from 'zod';

/** The schema of a setting of a kind of block, without whether it may be left out. */
export function schemaAt(type: string, ...path: readonly string[]): z.ZodType | undefined {
  const kind = findBlock(type);
  return kind && path.reduce<z.ZodType | undefined>(memberOf, kind.settings);
}

function memberOf(schema: z.ZodType | undefined, name: string): z.ZodType | undefined {
  const bare = schema && unwrapped(schema);
  if (bare instanceof z.ZodObject) {
    const member = (bare.shape as Record<string, z.ZodType>)[name];
    return member && unwrapped(member);
  }
  if (bare instanceof z.ZodRecord) return unwrapped(bare.valueType as z.ZodType);
  if (!(bare instanceof z.ZodUnion)) return undefined;
  return (bare.options as z.ZodType[]).map((option) => memberOf(option, name)).find(Boolean);
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema;
}
