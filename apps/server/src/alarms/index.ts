export { driveAlarms } from './drive-alarms.ts';
export { alarmRoutes } from './routes.ts';
export { requireAlarm } from './save-alarm.ts';
