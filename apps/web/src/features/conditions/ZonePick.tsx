import { Menu, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import type { Json } from '@perennial/conditions';
import { IconCheck, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import classes from './Conditions.module.css';

interface ZonePickProps {
  zone: Json | undefined;
  onChange: (zone: string | undefined) => void;
}

const OWN = ['workspace', 'contact', 'UTC'] as const;

/** Whose days are meant: the workspace's, the contact's, UTC's or those of a place. */
export function ZonePick({ zone, onChange }: ZonePickProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const current = typeof zone === 'string' ? zone : 'UTC';
  const nameOf = (each: string) =>
    each === 'workspace' || each === 'contact' ? t(`conditions.zone.${each}`) : each;
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  const places =
    wanted === ''
      ? []
      : Intl.supportedValuesOf('timeZone')
          .filter((each) => each.toLowerCase().includes(wanted))
          .slice(0, 8);
  const offered = [...OWN, ...(OWN.includes(current as never) ? [] : [current]), ...places];
  return (
    <Menu position="bottom-start" width={240} onClose={() => setTyped('')}>
      <Menu.Target>
        <Tooltip label={t('conditions.zone')}>
          <UnstyledButton
            className={classes.zone}
            aria-label={`${t('conditions.zone')}: ${nameOf(current)}`}
          >
            <IconWorld size={14} aria-hidden />
            {nameOf(current)}
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {[...new Set(offered)].map((each) => (
          <Menu.Item
            key={each}
            rightSection={each === current ? <IconCheck size={14} /> : null}
            onClick={() => onChange(each === 'UTC' ? undefined : each)}
          >
            {nameOf(each)}
          </Menu.Item>
        ))}
        <TextInput
          size="xs"
          m={4}
          aria-label={t('conditions.zone.find')}
          placeholder={t('conditions.zone.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
