import type { Config } from '../config.ts';

/** Where the program is reached on this port, if `PERENNIAL_URL` does not say otherwise. */
export function publicUrlOf(
  { publicUrl, host }: Pick<Config, 'publicUrl' | 'host'>,
  port: number,
): string {
  return publicUrl ?? `http://${hostName(host)}:${port}`;
}

function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
