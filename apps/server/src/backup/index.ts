export { restoreBackup, type RestoreOptions } from './restore-backup.ts';
export { writeBackup } from './write-backup.ts';
