import type { TestProject } from 'vitest/node';
import { readTestConfig } from '../config.ts';
import { startTestServer } from './test-server.ts';
import type {} from './test-database.ts';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer(readTestConfig().externalUrl);
  project.provide('templateUrl', server.templateUrl);
  project.provide('cloneStrategy', server.cloneStrategy);
  return () => server.stop();
}
