export type {
  AliasCall,
  Common,
  EventMap,
  GroupCall,
  IdentifyCall,
  PageCall,
  Person,
  Properties,
  TrackCall,
} from './calls.ts';
export { Perennial } from './perennial.ts';
export type { PerennialOptions } from './perennial.ts';
export { PerennialError } from './perennial-error.ts';
export type { PerennialErrorCode } from './perennial-error.ts';
