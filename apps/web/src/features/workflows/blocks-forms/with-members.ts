import type { Settings } from './form-props.ts';

/** The settings with other members; what is undefined is left out. */
export function withMembers(settings: Settings, change: Settings): Settings {
  return Object.fromEntries(
    Object.entries({ ...settings, ...change }).filter(([, value]) => value !== undefined),
  );
}
