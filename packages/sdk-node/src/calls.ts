/** What an event or person is described with: anything that JSON can hold; dates become ISO texts. */
export type Properties = { [name: string]: unknown };

/**
 * Event types by their keys, with what each holds: `{ WorkoutCompleted: { kind: string } }`. In this
 * form it takes interfaces, too, which have no index signature.
 */
export type EventMap<Events> = { [Name in keyof Events]: object };

/** Who does it: a person of yours, or somebody not known yet. One of both is needed. */
export type Person =
  | {
      /** Your own ID of the person: the external ID. */
      userId: string;
      anonymousId?: string;
    }
  | { userId?: undefined; anonymousId: string };

/** What every call may bring along. */
export interface Common {
  /** When it happened; default: now. */
  timestamp?: Date | string;
  /** Calls with the same one count once; made when it is left out. */
  messageId?: string;
  /** Device, app, locale, time zone, ... as in the tracking protocol. */
  context?: Properties;
  /** Says who it is, where the app requires verified identity: a token signed by your server. */
  userToken?: string;
}

export type IdentifyCall = Person & Common & { traits?: Properties };

/** Properties can be left out where none of them is needed. */
export type TrackCall<Name, Params> = Person &
  Common & { event: Name } & (Partial<Params> extends Params
    ? { properties?: Params }
    : { properties: Params });

export type PageCall = Person &
  Common & { name?: string; category?: string; properties?: Properties };

export type GroupCall = Person & Common & { groupId: string; traits?: Properties };

/** `previousId`, an anonymous ID, and `userId` are the same person from now on. */
export type AliasCall = Common & { userId: string; previousId: string };

/** The kinds of calls, as the protocol names them. */
export type CallType = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias';
