import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 7070,
      mailPort: undefined,
      databaseUrl: undefined,
      dataFolder: resolve('data'),
      publicUrl: undefined,
      secret: undefined,
      sample: true,
      logLevel: 'info',
      allowEgress: [],
      networksFile: undefined,
      dnsServers: [],
      password: undefined,
    });
  });

  test('takes what is given, and an empty variable as not given', () => {
    const config = readConfig({
      PORT: '0',
      PERENNIAL_MAIL_PORT: '2525',
      HOST: '',
      PERENNIAL_SAMPLE: '0',
      PERENNIAL_URL: 'https://example.com/perennial/',
      PERENNIAL_DATA: '/var/lib/perennial',
      DATABASE_URL: 'postgres://localhost/p',
      PERENNIAL_ALLOW_EGRESS: '127.0.0.1, 10.0.0.0/8',
      PERENNIAL_SECRET: '0123456789abcdef',
    });
    expect(config).toMatchObject({
      port: 0,
      mailPort: 2525,
      host: '127.0.0.1',
      sample: false,
      publicUrl: 'https://example.com/perennial',
      dataFolder: '/var/lib/perennial',
      databaseUrl: 'postgres://localhost/p',
      allowEgress: ['127.0.0.1', '10.0.0.0/8'],
    });
  });

  test('names every mistake at once', () => {
    const read = () =>
      readConfig({
        PORT: '70700',
        DATABASE_URL: 'mysql://localhost/p',
        PERENNIAL_URL: 'example.com',
        PERENNIAL_SAMPLE: 'maybe',
        PERENNIAL_ALLOW_EGRESS: '127.0.0.1, localhost',
        LOG_LEVEL: 'loud',
      });
    const mistakes = [
      'PORT',
      'DATABASE_URL',
      'PERENNIAL_URL',
      'PERENNIAL_SAMPLE',
      'PERENNIAL_ALLOW_EGRESS',
      'LOG_LEVEL',
    ];
    for (const name of mistakes) expect(read).toThrow(new RegExp(`^  ${name} `, 'm'));
  });

  test('requires the secret with a database of your own', () => {
    expect(() => readConfig({ DATABASE_URL: 'postgresql://localhost/p' })).toThrow(
      'PERENNIAL_SECRET is required with DATABASE_URL',
    );
  });
});
