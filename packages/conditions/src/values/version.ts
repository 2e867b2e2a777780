import { z } from 'zod';
import type { Json } from '../json.ts';
import { readText } from './text.ts';

/** The parts of a version of dotted numbers; missing ones are 0. */
export type Version = readonly number[];

/** What is a version: parts that a double holds exactly, and not too many. */
export const VERSION_PATTERN = '^[0-9]{1,15}([.][0-9]{1,15}){0,9}$';

const VERSION = new RegExp(VERSION_PATTERN);

/** Reads dotted numbers such as `17.4.1`; everything else is no version. */
export function readVersion(value: Json | undefined): Version | undefined {
  const text = readText(value);
  return text !== undefined && VERSION.test(text) ? text.split('.').map(Number) : undefined;
}

/** Negative, 0 or positive, part by part. */
export function compareVersions(a: Version, b: Version): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const order = (a[index] ?? 0) - (b[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** A version as definitions write it. */
export const versionSchema = z
  .string({ error: expectedVersion })
  .refine((text) => VERSION.test(text), { error: expectedVersion });

function expectedVersion(): string {
  return 'expected a version of dotted numbers, such as "17.4.1"';
}
