export { contactTables } from './contact-tables.ts';
export { bringBackList, whyNotBack } from './bring-back-list.ts';
export { applyMemberships } from './apply-memberships.ts';
export type { AppliedMemberships } from './apply-memberships.ts';
export { changeMembers } from './change-members.ts';
export type { MembersChanged, MembersToChange } from './change-members.ts';
export { computeKind } from './compute-kind.ts';
export { createDynamic, createList } from './change-segment.ts';
export { checkRule, requireRule } from './check-rule.ts';
export type { CheckedRule, RuleOutcome } from './check-rule.ts';
export { findUsedEventTypes, findUsingCategory, findUsingField } from './find-rule-uses.ts';
export type { RuleUse } from './find-rule-uses.ts';
export { readEventRules } from './event-rules.ts';
export type { EventRuleRow } from './event-rules.ts';
export { findCombined } from './find-combined.ts';
export { findRuleProblems } from './find-rule-problems.ts';
export { readLiveDefinitions, readSwapped } from './live-definitions.ts';
export type { LiveDefinition, LiveVersion } from './live-definitions.ts';
export type { SegmentWithTags } from './change-segment.ts';
export { keepMemberships } from './keep-memberships.ts';
export { segmentWork } from './long-work.ts';
export { memberSql } from './member-sql.ts';
export {
  membersInPieces,
  membersOf,
  readEntries,
  readKeptMember,
  segmentsOfContacts,
} from './members.ts';
export type { MemberRow, SegmentOfContact } from './members.ts';
export { MOVES } from './membership-log.ts';
export type {
  Membership,
  MembershipAct,
  MembershipChange,
  MemberSegment,
} from './membership-change.ts';
export type { ChangeOutcome } from './plan-memberships.ts';
export {
  DISSOLVE,
  recomputeAfterDeletion,
  recomputeDependents,
  recomputeMeant,
} from './save-rule.ts';
export { countWaiting, slotsAtOnce } from './slots-at-once.ts';
export { emptySlots, swapSlots } from './swap-slots.ts';
export { forgetAnswers, forgetLiveAnswers, saveAnswers } from './version-answers.ts';
export type { SlotAnswers } from './version-answers.ts';
export {
  cancelVersion,
  finishVersion,
  readLatestVersion,
  readSwapping,
  readVersion,
} from './version-queries.ts';
export type { ComputationCause, VersionRow } from './version-queries.ts';
export {
  countSegments,
  findSegment,
  listSegmentNames,
  listSegments,
  lockSegment,
} from './queries.ts';
export { registerLists } from './register-lists.ts';
export { freeSlug, slugOf } from './slug.ts';
export { keptSizeSql } from './queries.ts';
export { NOTHING_SETTLED, openSql, readDueSegments, sizeAsOf } from './settled.ts';
export type { Settle, Settled, SettledMoves, SettledSegment } from './settled.ts';
export { segmentsIn, usesEvent } from './rule-content.ts';
export { readSegmentCatalogue } from './rule-catalogues.ts';
export { foldDays } from './sizes-by-day.ts';
export { segmentRoutes } from './routes.ts';
export type { SegmentRouteParts } from './routes.ts';
export type { SegmentRow } from './segment-row.ts';
export { countMoves } from './count-moves.ts';
export {
  findDueMemberships,
  findDueOfContacts,
  findFirstDueMemberships,
  forgetDue,
  membershipsDue,
} from './due-memberships.ts';
export type { DueMembership } from './due-memberships.ts';
export {
  changeSizes,
  deleteMemberships,
  readMemberSegments,
  readMembershipPairs,
  writeMemberships,
} from './membership-queries.ts';
export { writeVersionMembers } from './version-members.ts';
export type { VersionMember } from './version-members.ts';
export type { FindSegmentUses } from './refuse-used.ts';
