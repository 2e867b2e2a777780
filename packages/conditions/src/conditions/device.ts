import { z } from 'zod';
import { canonicalTree } from '../canonical-tree.ts';
import { type CheckContext, deeper } from '../check/context.ts';
import { parseWith } from '../check/report.ts';
import { joinedChange } from '../evaluate/joined-change.ts';
import type { JsonObject } from '../json.ts';
import { measuredSql } from '../sql/measured.ts';
import { stableJson } from '../stable-json.ts';
import type { Write } from '../sentences/write.ts';
import { leavesOf } from '../tree.ts';
import type { SubjectType } from '../values/value-types.ts';
import {
  type Where,
  type WhereSubjects,
  canonicalLeaf,
  checkWhere,
  compileWhereWith,
  whereShapeOf,
} from '../where/where.ts';
import { whereSentence } from '../where/where-sentence.ts';
import type { ConditionType } from './condition-type.ts';
import { needPredicate } from './field.ts';

/** What some device of the contact is. */
export interface DeviceCondition {
  readonly type: 'device';
  readonly where: Where;
}

const SUBJECTS: Readonly<Record<string, SubjectType>> = {
  platform: 'text',
  os_version: 'version',
  app: 'text',
  app_version: 'version',
  model: 'text',
  push_enabled: 'boolean',
  last_seen_at: 'moment',
};

/** The types of what `where` may name. */
export const deviceSubjects: WhereSubjects = {
  typeOf: (path) => (Object.hasOwn(SUBJECTS, path) ? SUBJECTS[path] : undefined),
  names: Object.keys(SUBJECTS),
};

const shellSchema = z.strictObject({ type: z.literal('device'), where: z.unknown().optional() });

/** Some device of the contact matches all of `where`. */
export const device: ConditionType<DeviceCondition> = {
  type: 'device',
  schema: z.strictObject({ type: z.literal('device'), where: whereShapeOf(deviceSubjects) }),
  check: checkDevice,
  compile({ where }, { operands }) {
    const { passes, changesAt } = compileWhereWith(where, operands, deviceSubjects);
    return (facts) => {
      const judged = (facts.devices ?? []).map((params) => ({
        result: passes({ params }, facts),
        changesAt: () => changesAt?.({ params }, facts) ?? Infinity,
      }));
      const matching = judged.filter(({ result }) => result).length;
      return {
        result: matching > 0,
        values: () => ({ devices: judged.length, matching }),
        changesAt: () => joinedChange('some', judged),
      };
    };
  },
  toSql: (condition, context) =>
    measuredSql(
      {
        key: stableJson(device.canonical(condition)),
        condition: { where: condition.where, period: { kind: 'ever' } },
        factsIn: ({ devices }) => devices?.(),
        subjects: deviceSubjects,
      },
      context,
    ),
  need({ where }, needs) {
    needs.devices();
    for (const leaf of leavesOf(where)) needPredicate(leaf, needs);
  },
  canonical: ({ where }) => ({ type: 'device', where: canonicalTree(where, canonicalLeaf) }),
  sentence: (condition, write) =>
    write.message('condition.device.sentence', { where: filterWords(condition, write) }),
  denial: (condition, write) =>
    write.message('condition.device.denial', { where: filterWords(condition, write) }),
  messages: {
    sentence: 'has a device{where}',
    denial: 'has no device{where}',
    param: `{param, select,
      platform {platform}
      os_version {system version}
      app {app}
      app_version {app version}
      model {model}
      push_enabled {push permission}
      other {last seen}
    }`,
  },
};

function checkDevice(input: JsonObject, context: CheckContext): DeviceCondition | undefined {
  const shell = parseWith(shellSchema, input, context.report);
  const where = checkWhere(input['where'], deeper(context, 'where'), deviceSubjects);
  return shell && where && { type: 'device', where };
}

function filterWords({ where }: DeviceCondition, write: Write): string {
  const param = (name: string) => write.message('condition.device.param', { param: name });
  return whereSentence(where, { ...write, param });
}
