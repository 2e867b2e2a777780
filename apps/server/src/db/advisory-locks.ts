/** The keys of all advisory locks, in one place so that no two mean the same. */
export const advisoryLocks = {
  /** Held by a transaction while it applies one migration. */
  migration: 7_070_001,
  /** Held by a session for as long as its program uses an embedded database. */
  folder: 7_070_002,
  /** Held by a session for as long as its process plays the users of the sample workspace. */
  simulator: 7_070_003,
  /** Held by a transaction that writes or forgets examples of event parameters. */
  samples: 7_070_004,
  /** With the job's number: held by a transaction that asks for the end of long work. */
  cancelling: 7_070_005,
  /** With a campaign's number: held by a transaction that reads its audience. */
  audience: 7_070_006,
  /** Held by a transaction that makes a campaign for a run. */
  segmentLaunch: 7_070_007,
} as const;
