import { describe, expect, test } from 'vitest';
import { ALL_KEY_KINDS, KEY_KINDS } from './access-key.ts';
import { ALL_RIGHTS, withImplied, type Right } from './right.ts';
import { ALL_ROLES, ROLES } from './role.ts';

function rolesWith(right: Right): string[] {
  return ALL_ROLES.filter((role) => (ROLES[role].rights as readonly Right[]).includes(right));
}

describe('roles', () => {
  test('an admin may do everything, and alone gives roles', () => {
    expect(ROLES.admin.rights).toEqual(ALL_RIGHTS);
    expect(rolesWith('users.write')).toEqual(['admin']);
  });

  test('who was blacklisted is let in again by admins alone', () => {
    expect(rolesWith('suppressions.lift')).toEqual(['admin']);
  });

  test('export and personal data are for those whose role says so', () => {
    expect(rolesWith('contacts.export')).toEqual(['admin', 'marketer']);
    expect(rolesWith('contacts.read_personal')).toEqual([
      'admin',
      'marketer',
      'marketer_without_export',
      'auditor',
    ]);
  });

  test('an auditor changes nothing', () => {
    expect(ROLES.auditor.rights.filter((right) => !/\.read(_personal)?$/.test(right))).toEqual([]);
  });

  test('designers build and do not launch or send; content creators send', () => {
    expect(rolesWith('workflows.write')).toContain('designer');
    expect(rolesWith('workflows.launch')).not.toContain('designer');
    expect(rolesWith('messages.send')).not.toContain('designer');
    expect(rolesWith('messages.send')).toContain('content_creator');
  });
});

test('public keys may only append', () => {
  const open = ALL_KEY_KINDS.filter((kind) => KEY_KINDS[kind].isPublic);
  expect(open).toEqual(['write', 'mobile']);
  for (const kind of open) expect(KEY_KINDS[kind].rights).toEqual(['contacts.write']);
});

test('only a management key changes settings, keys and users', () => {
  for (const right of ['settings.write', 'users.write'] as const) {
    const kinds = ALL_KEY_KINDS.filter((kind) => KEY_KINDS[kind].rights.some((r) => r === right));
    expect(kinds).toEqual(['management']);
  }
});

test('who changes contacts records events, and not the other way round', () => {
  expect([...withImplied(['contacts.write'])]).toEqual(['contacts.write', 'events.write']);
  expect([...withImplied(['events.write'])]).toEqual(['events.write']);
  for (const role of ALL_ROLES)
    expect(withImplied(ROLES[role].rights)).toEqual(new Set(ROLES[role].rights));
});
