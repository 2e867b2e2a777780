export const KEPT_BUILD = 'events.keep_times';
export const KEPT_DROP = 'events.drop_times';
