export type { CausedFact, RunCapabilities } from './capabilities.ts';
export { countRefusedEntries } from './count-refused-entries.ts';
export { datesDue } from './calendar/date-queries.ts';
export { fireRegular } from './calendar/fire-regular.ts';
export { planDates } from './calendar/plan-dates.ts';
export { scheduleDates } from './calendar/schedule-dates.ts';
export { startCalendar } from './calendar/start-calendar.ts';
export { startDueDates } from './calendar/start-due-dates.ts';
export { contactTables } from './contact-tables.ts';
export { endDoubles, findDoubles, resumeRuns } from './end-doubles.ts';
export type { MergedPair } from './end-doubles.ts';
export { interestingEventTypes, matchFacts } from './match-facts.ts';
export type { MatchOptions } from './match-facts.ts';
export { runsDue } from './queries.ts';
export type { StandingRun } from './queries.ts';
export { endWaitsOfMembers } from './end-waits.ts';
export { readRuns } from './read-runs.ts';
export { runRoutes } from './routes.ts';
export type { RunRouteParts } from './routes.ts';
export { runDueSteps } from './run-due-steps.ts';
export type { StepsRun } from './run-due-steps.ts';
export { queueRunMoves } from './queue-run-moves.ts';
export { createRunMoves } from './run-moves.ts';
export type { RunMove, RunMoves } from './run-moves.ts';
export { askWaitingStart } from './ask-waiting-start.ts';
export { startBySegments } from './start-by-segments.ts';
export { startWaitingStarts } from './start-waiting-starts.ts';
export { forgetWaitingStarts, WAITING_STARTS_CHANNEL } from './waiting-start-queries.ts';
export { resumeVisits } from './resume-visits.ts';
export {
  forgetSegmentLaunches,
  hasSegmentLaunches,
  SEGMENT_LAUNCHES_CHANNEL,
  takeSegmentLaunch,
  tellRun,
} from './segment-launches.ts';
export type { SegmentLaunch } from './segment-launches.ts';
export { steerRunsWork } from './steer/steer-work.ts';
export { steerRuns } from './steer/steer-runs.ts';
export { stopMembers } from './stop-members.ts';
export { startRunsByHand } from './start-runs-by-hand.ts';
export type { HandStart, HandStarted } from './start-runs-by-hand.ts';
export { endRuns, stopRuns } from './stop-runs.ts';
export type { StopRequest } from './stop-runs.ts';
export { driveTests } from './test-launch/drive-tests.ts';
export { foldCounts } from './fold-counts.ts';
export { forgetTests, TESTS_CHANNEL } from './test-launch/queries.ts';
export { runFactsSql } from './run-facts-sql.ts';
export { countFailures, countStarts } from './count-quarters.ts';
export type { Quarters } from './count-quarters.ts';
