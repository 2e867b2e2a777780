/** What tests take from the environment. */
export interface TestConfig {
  /** `TEST_DATABASE_URL`: run the tests on this PostgreSQL instead of an embedded one. */
  externalUrl: string | undefined;
}

export function readTestConfig(env: NodeJS.ProcessEnv = process.env): TestConfig {
  return { externalUrl: env['TEST_DATABASE_URL'] || undefined };
}
