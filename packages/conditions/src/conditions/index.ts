import type { ConditionTypes } from './condition-type.ts';
import { category } from './category.ts';
import { channel } from './channel.ts';
import { device } from './device.ts';
import { eventParam, run } from './param.ts';
import { event } from './event.ts';
import { everyone } from './everyone.ts';
import { field } from './field.ts';
import { message } from './message.ts';
import { messageStatus } from './message-status.ts';
import { now } from './now.ts';
import { order } from './order.ts';
import { segment } from './segment.ts';
import { workflow } from './workflow.ts';

/** The types of condition that segments have. */
export const segmentConditions = {
  everyone,
  field,
  event,
  message,
  segment,
  channel,
  category,
  device,
  workflow,
  order,
} satisfies ConditionTypes;

/** The types of condition that lists of contacts are filtered by; all of them become SQL. */
export const contactConditions = segmentConditions;

/** The types of condition that a workflow's `if` has; extend by spreading with further types. */
export const workflowConditions = {
  ...segmentConditions,
  event_param: eventParam,
  message_status: messageStatus,
  now,
  run,
} satisfies ConditionTypes;
