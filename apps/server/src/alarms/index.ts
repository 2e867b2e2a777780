export { driveAlarms } from './drive-alarms.ts';
export { alarmRoutes } from './routes.ts';
