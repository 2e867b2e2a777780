import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import { catalogue } from '../../app/catalogue.ts';
import { jobTitle } from './job-title.ts';

const intl = createIntl({ locale: 'en', messages: { ...catalogue } });
const t = (id: string, values?: object) => intl.formatMessage({ id }, values as never);

test('a job is called by what it does', () => {
  const kind = 'contacts.bulk';
  expect(jobTitle({ kind, about: { kind: 'set_field', field: 'city' } }, t)).toBe('Set city');
  expect(jobTitle({ kind, about: { kind: 'restore', undoing: true } }, t)).toBe(
    'Undo: Restore contacts',
  );
  const change = { kind: 'contacts.change_type', about: { field: 'custom.size', undoing: false } };
  expect(jobTitle(change, t)).toBe('Change the type of size');
  expect(jobTitle({ kind: 'contacts.export', about: { columns: 3 } }, t)).toBe('Export contacts');
  const about = { segment: '7', name: 'Silent' };
  expect(jobTitle({ kind: 'segments.compute', about }, t)).toBe('Compute “Silent”');
  expect(jobTitle({ kind: 'segments.dissolve', about }, t)).toBe(
    'Forget “Silent”, which was deleted',
  );
  const steered = { what: 'move', from: 1, to: 2, workflow: '7', name: 'Welcome' };
  expect(jobTitle({ kind: 'workflows.steer_runs', about: steered }, t)).toBe(
    'Move running contacts of “Welcome”',
  );
  expect(jobTitle({ kind: 'moon.landing', about: null }, t)).toBe('moon.landing');
});
