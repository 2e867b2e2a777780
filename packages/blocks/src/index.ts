export { BLOCK_GROUPS } from './block.ts';
export type {
  BlockDefinition,
  BlockGroup,
  BlockText,
  Reference,
  SettingsProblem,
} from './block.ts';
export { DURATION_UNITS, durationMs, UNIT_MS } from './duration/duration.ts';
export type { Duration, DurationUnit } from './duration/duration.ts';
export type { Names } from './names.ts';
export { isReference } from './parameter/parameter.ts';
export { LIQUID_TEXT } from './parameter/parameter.ts';
export { CHOICE_CHANNELS, MOST_VARIANTS } from './one-from-many/block.ts';
export type { ChoiceGoal, OneFromManySettings } from './one-from-many/block.ts';
export { allocate } from './one-from-many/allocate.ts';
export { estimateLift, liftOf } from './one-from-many/lift.ts';
export { posteriorsOf } from './one-from-many/posteriors.ts';
export type { Parameter, ParameterReference } from './parameter/parameter.ts';
export { fillIn, templatesIn } from './parameter/templates.ts';
export type { Template } from './parameter/templates.ts';
export { blocks, findBlock } from './registry.ts';
export type { Blocks, BlockSettings, BlockType } from './registry.ts';
export { blockTexts } from './texts.ts';
export { hashPoint } from './split/hash-point.ts';
export { checkLimits, checkSettings, checkStart, checkStop } from './workflow/check-parts.ts';
export type { Block, WorkflowDefinition } from './workflow/definition.ts';
export { WORKFLOW_LANGUAGE } from './workflow/definition.ts';
export { fillPlaces, placesIn } from './workflow/fill-places.ts';
export type { PlaceKind, Places } from './workflow/fill-places.ts';
export { checkGraph, exitsOf } from './workflow/graph.ts';
export type { Limits, Reentry, Unique } from './workflow/limits.ts';
export { LONGEST_NOTE, MOST_NOTES, noteColours } from './workflow/notes.ts';
export type { NoteColour } from './workflow/notes.ts';
export { parseWorkflow } from './workflow/parse-workflow.ts';
export type { ParsedWorkflow } from './workflow/parse-workflow.ts';
export { dateOccurrence } from './workflow/date-occurrence.ts';
export { lastOccurrence, nextOccurrence } from './workflow/schedule.ts';
export type { Schedule } from './workflow/schedule.ts';
export { bringsEvent, startSchemas } from './workflow/starts.ts';
export type { Start, StartOf, StartType } from './workflow/starts.ts';
export { stopSchemas } from './workflow/stops.ts';
export type { Stop, StopOf, StopType } from './workflow/stops.ts';
export { isUsableSecret, originOf, WEBHOOK_LIMITS, WEBHOOK_METHODS } from './webhook/block.ts';
export { validateWorkflow } from './workflow/validate-workflow.ts';
export type { WorkflowVerdict } from './workflow/validate-workflow.ts';
export type { WorkflowWorld } from './workflow/world.ts';
