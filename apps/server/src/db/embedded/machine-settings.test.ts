import { expect, test } from 'vitest';
import { asConfigFile, machineSettings, type Machine } from './machine-settings.ts';

const small: Machine = { memoryMb: 512, cores: 1, freeDiskMb: 4_000, sharedMemoryMb: 64 };
const large: Machine = {
  memoryMb: 256 * 1024,
  cores: 32,
  freeDiskMb: 2_000_000,
  sharedMemoryMb: 128 * 1024,
};

test('a small container gets a small server', () => {
  expect(machineSettings(small)).toMatchObject({
    shared_buffers: '128MB',
    work_mem: '4MB',
    max_parallel_workers: 1,
    max_wal_size: '512MB',
    dynamic_shared_memory_type: 'mmap',
  });
});

test('a large machine is used up to the limits', () => {
  expect(machineSettings(large)).toMatchObject({
    shared_buffers: '2048MB',
    work_mem: '64MB',
    max_parallel_workers: 32,
    max_parallel_workers_per_gather: 4,
    max_wal_size: '8192MB',
    dynamic_shared_memory_type: 'posix',
  });
});

test('quotes in a value cannot end it', () => {
  expect(asConfigFile({ unix_socket_directories: `/o'brien` })).toContain(
    `unix_socket_directories = '/o''brien'`,
  );
});
