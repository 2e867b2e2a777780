import { parentPort, workerData } from 'node:worker_threads';
import type { LogLevel } from '../config.ts';
import { startWork, type WorkShare } from './start-work.ts';

/** What the main thread hands over. */
export interface WorkerThreadData {
  url: string;
  secret: string;
  logLevel: LogLevel;
  publicUrl: string;
  processId: number;
  share: WorkShare;
}

const work = await startWork(workerData as WorkerThreadData);
parentPort!.postMessage('ready');
parentPort!.on('message', () => {
  void work.stop().then(() => process.exit(0));
});
