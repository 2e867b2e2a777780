import { expect, test } from 'vitest';
import { turnStart } from './turn-start.ts';

const event = { type: 'event', event: 'Opened', where: { all: [] }, segment: '7', unique: 'once' };

test('keeps what the two ways to start have in common', () => {
  expect(turnStart(event, 'event_segment')).toEqual({ ...event, type: 'event_segment' });
  expect(turnStart(event, 'segment')).toEqual({ type: 'segment', segment: '7', mode: 'entry' });
  expect(turnStart(event, 'manual')).toEqual({ type: 'manual' });
});

test('makes nothing up that a draft lacks', () => {
  expect(turnStart({ type: 'manual' }, 'event')).toEqual({ type: 'event' });
});
