/** A call as the specification names it. */
export type Method = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias';
