import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';

export interface Machine {
  memoryMb: number;
  cores: number;
  freeDiskMb: number;
  /** Size of /dev/shm; containers often have 64 MB of it. */
  sharedMemoryMb: number;
}

export type Settings = Record<string, string | number>;

export async function measureMachine(folder: string): Promise<Machine> {
  // 0 means that no control group limits this process.
  const limit = process.constrainedMemory() || Infinity;
  const disk = await statfs(folder);
  const shared = existsSync('/dev/shm') ? await statfs('/dev/shm') : undefined;
  return {
    memoryMb: toMb(Math.min(totalmem(), limit)),
    cores: availableParallelism(),
    freeDiskMb: toMb(disk.bavail * disk.bsize),
    sharedMemoryMb: shared ? toMb(shared.blocks * shared.bsize) : Infinity,
  };
}

/**
 * What PostgreSQL is told about the machine. Half of the memory is left to the program and the
 * system; shared buffers are taken only as they fill, so an idle server stays small.
 */
export function machineSettings({
  memoryMb,
  cores,
  freeDiskMb,
  sharedMemoryMb,
}: Machine): Settings {
  const parallel = Math.max(1, Math.min(4, cores - 1));
  const maxWal = between(512, freeDiskMb / 10, 8192);
  return {
    shared_buffers: mb(between(64, memoryMb / 4, 2048)),
    effective_cache_size: mb(between(128, memoryMb / 2, 65_536)),
    work_mem: mb(between(4, memoryMb / 400, 64)),
    maintenance_work_mem: mb(between(32, memoryMb / 20, 1024)),
    autovacuum_work_mem: mb(between(32, memoryMb / 40, 512)),
    max_worker_processes: cores + 8,
    max_parallel_workers: cores,
    max_parallel_workers_per_gather: parallel,
    max_parallel_maintenance_workers: parallel,
    autovacuum_max_workers: cores > 4 ? 3 : 2,
    max_wal_size: mb(maxWal),
    min_wal_size: mb(Math.min(256, maxWal / 2)),
    // Parallel queries put their results there; files serve where it is too small for them.
    dynamic_shared_memory_type: sharedMemoryMb < 256 ? 'mmap' : 'posix',
  };
}

/** The same on every machine. */
export const fixedSettings: Settings = {
  max_connections: 100,
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  random_page_cost: 1.1,
  checkpoint_timeout: '30min',
  // As many pages a second as by default, and an idle server wakes once instead of five times.
  bgwriter_delay: '1s',
  bgwriter_lru_maxpages: 500,
  // Who commits writes what it waits for by itself.
  wal_writer_delay: '2s',
  wal_compression: 'pglz',
  synchronous_commit: 'on',
  // No replicas read from the embedded server, and bulk loads then write less.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  // A backend notices within a second that its program was killed in the middle of a statement.
  client_connection_check_interval: '1s',
  password_encryption: 'scram-sha-256',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
};

/** For tests: the data is thrown away, so nothing needs to reach the disk. */
export const throwawaySettings: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  max_connections: 400,
};

export function asConfigFile(settings: Settings): string {
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`,
  );
  return ['# Written at every start; changes here are lost.', ...lines, ''].join('\n');
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

function mb(value: number): string {
  return `${Math.floor(value)}MB`;
}

function toMb(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
