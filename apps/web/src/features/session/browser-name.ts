const browsers: readonly [RegExp, string][] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
];

/** "Firefox 140, Linux" from a user agent; the agent itself where it is no browser's. */
export function browserName(agent: string | null): string | null {
  if (!agent) return null;
  const browser = browsers.find(([pattern]) => pattern.test(agent));
  if (!browser) return agent.slice(0, 60);
  const [pattern, name] = browser;
  const system = systems.find(([sign]) => sign.test(agent));
  const version = pattern.exec(agent)?.[1] ?? '';
  return [`${name} ${version}`.trim(), system?.[1]].filter(Boolean).join(', ');
}
