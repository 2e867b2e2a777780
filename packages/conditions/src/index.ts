export type { Json, JsonObject } from './json.ts';
export { isJsonObject } from './json.ts';
export type {
  ChannelFact,
  DeviceFact,
  EventContent,
  EventFact,
  Facts,
  MessageAction,
  MessageFact,
  RunFact,
  RunState,
  Verdict,
} from './facts.ts';
export { MESSAGE_ACTIONS, RUN_STATES } from './facts.ts';
export type { FieldCatalogue, FieldDescription, FieldType } from './fields.ts';
export { CONTACT_SOURCES, SUBJECT_OF_FIELD, SYSTEM_FIELDS, fieldCatalogue } from './fields.ts';

export type { Definition, SegmentCondition } from './definition.ts';
export { LANGUAGE, definitionSchema, isDefinition, nodeSchema } from './definition.ts';
export type { EventCondition } from './conditions/event.ts';
export type { ParamCondition } from './conditions/param.ts';
export type { MessageStatus, MessageStatusCondition } from './conditions/message-status.ts';
export { MESSAGE_STATUSES, reachedBy, sendsOf } from './conditions/message-status.ts';
export type { EveryoneCondition } from './conditions/everyone.ts';
export type { FieldCondition } from './conditions/field.ts';
export type { NowCondition } from './conditions/now.ts';
export type {
  AnyConditionTypes,
  BaseCondition,
  CompileContext,
  ConditionType,
  ConditionTypes,
  Needs,
  Node,
} from './conditions/condition-type.ts';
export { contactConditions, segmentConditions, workflowConditions } from './conditions/index.ts';
export type { Tree } from './tree.ts';
export { leavesOf, takeApart } from './tree.ts';

export type { Checked, CheckOptions } from './check/check-definition.ts';
export { checkDefinition, checkNode } from './check/check-definition.ts';
export type {
  CheckContext,
  KeyCatalogue,
  SegmentCatalogue,
  SegmentDescription,
} from './check/context.ts';
export type { Limits } from './check/limits.ts';
export { DEFAULT_LIMITS } from './check/limits.ts';
export type { Issue, Report } from './check/report.ts';
export { parseWith } from './check/report.ts';

export type { CompiledRule, EvaluateOptions } from './evaluate/compile-rule.ts';
export { compileRule, explain, interpret } from './evaluate/compile-rule.ts';
export type { Judgement } from './evaluate/joined-change.ts';
export type { ExplainedNode, Explanation } from './evaluate/explanation.ts';
export type { EventTest, Where, WhereLeaf, WhereSubjects } from './where/where.ts';
export { compileWhere, whereSchema } from './where/where.ts';
export type { Measured } from './conditions/measured.ts';
export { type CondensedPart, condensedEvents } from './condensed/condensed-events.ts';
export type { CondensedEvents } from './condensed/condensed-events.ts';
export { condense, type CondensedNumbers } from './condensed/condense.ts';
export type { CondensedQuestion } from './condensed/condensed-question.ts';
export {
  compileCondensed,
  condensedKeyOf,
  condensedQuestionOf,
} from './condensed/condensed-question.ts';
export type { Enough } from './conditions/enough.ts';
export { ALL_FACTS, enoughForAll, enoughOf } from './conditions/enough.ts';
export type { Requirements, RequirementsOptions } from './requirements.ts';
export { requirements } from './requirements.ts';
export { takesEvent } from './takes-event.ts';
export { mentions } from './mentions.ts';
export { canonicalText } from './canonical.ts';

export type { SqlOptions } from './sql/compile-sql.ts';
export { compileSql } from './sql/compile-sql.ts';
export type { SetOptions, SetSql } from './sql/compile-set.ts';
export { compileSet } from './sql/compile-set.ts';
export type { ChannelQuestion, Sql, SqlFacts, SqlSources, SqlSubject } from './sql/sql.ts';
export { NotInSql } from './sql/sql.ts';
export type { CategoryCondition } from './conditions/category.ts';
export type { ChannelCondition } from './conditions/channel.ts';
export { CHANNEL_STATES } from './conditions/channel.ts';
export type { DeviceCondition } from './conditions/device.ts';
export { deviceSubjects } from './conditions/device.ts';
export type { MessageCondition } from './conditions/message.ts';
export { messageSubjects } from './conditions/message.ts';
export type { OrderCondition } from './conditions/order.ts';
export { isInOneCurrency } from './conditions/order.ts';
export type { WorkflowCondition } from './conditions/workflow.ts';
export type { SegmentMembership } from './conditions/segment.ts';

export type { Messages } from './sentences/messages.ts';
export { englishMessages } from './sentences/messages.ts';
export type { SentenceOptions } from './sentences/sentence.ts';
export { sentence } from './sentences/sentence.ts';
export type { MessageValues, Write } from './sentences/write.ts';

export type { OperatorName } from './operators/index.ts';
export { OPERATOR_NAMES, operators } from './operators/index.ts';
export type { NegativeOperator, Operator, PositiveOperator } from './operators/operator.ts';
export { appliesTo, isNegative, positiveOf } from './operators/operator.ts';
export type { Measure, MeasureKind } from './measures/index.ts';
export { measureSchema, measures } from './measures/index.ts';
export type { Period, PeriodKind } from './periods/index.ts';
export { periodRange, periodSchema, periodSpan, periods } from './periods/index.ts';
export type { Predicate } from './predicates/predicate.ts';
export type { Reference } from './predicates/reference.ts';

export type { ParsedPath } from './paths/parse-path.ts';
export { parsePath, pathOf, pathSchema } from './paths/parse-path.ts';
export type { Path, PathRoot, PathStep } from './paths/path.ts';
export { pathText } from './paths/path.ts';
export { someValue, valuesAt } from './paths/read-path.ts';
export type { ParsedPattern } from './patterns/parse-pattern.ts';
export { parsePattern } from './patterns/parse-pattern.ts';
export { compileTextPattern } from './patterns/text-pattern.ts';
export type { CodePoints, Pattern } from './patterns/pattern.ts';

export type { Clock } from './time/clock.ts';
export type { CivilDate, Day } from './time/day.ts';
export {
  DAY_MS,
  dateOfDay,
  dayOfDate,
  dayText,
  daysInMonth,
  isLeapYear,
  readDay,
  weekdayOf,
} from './time/day.ts';
export { instantText } from './time/instant-text.ts';
export type { Range } from './time/range.ts';
export { isWithin, nextEdge } from './time/range.ts';
export type { CalendarUnit, RollingUnit } from './time/units.ts';
export { ROLLING_MS, startOfUnit } from './time/units.ts';
export type { ZoneRef } from './time/zones.ts';
export {
  dayOfInstant,
  instantOfLocal,
  isKnownZone,
  resolveZone,
  startOfDay,
  timeOfDay,
  zoneSchema,
} from './time/zones.ts';

export type { Moment } from './values/moment.ts';
export { momentDay, momentInstant, readMoment } from './values/moment.ts';
export type { Decimal } from './values/number.ts';
export {
  compareDecimals,
  decimalJson,
  decimalText,
  exactDecimal,
  numberText,
  readNumber,
  sumDecimals,
} from './values/number.ts';
export { readBoolean } from './values/boolean.ts';
export { hasValue } from './values/presence.ts';
export { cleanJson, cleanText, lowerCase, readText } from './values/text.ts';
export type { SubjectType, ValueType } from './values/value-types.ts';
