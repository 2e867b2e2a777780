import { Combobox, useCombobox } from '@mantine/core';
import type { Sender } from '@perennial/contracts';
import { LiquidInput } from '@perennial/ui';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { DomainState } from '../DomainState.tsx';
import { SenderForm } from '../SenderForm.tsx';
import { FromDomain } from './FromDomain.tsx';
import { mailboxText, sendersFor } from './mailbox-text.ts';
import classes from './SenderPicker.module.css';

interface SenderPickerProps {
  label: string;
  /** `Name <address>`, an address, or Liquid; empty: the default sender. */
  value: string;
  readOnly?: boolean;
  error?: string | undefined;
  onChange: (from: string) => void;
}

const ADD = 'add';

/**
 * Whom a message is from: one of the senders, found by typing, or anything else that is written,
 * since Liquid may choose the sender. Says how the domain stands in DNS.
 */
export function SenderPicker({ label, value, readOnly, error, onChange }: SenderPickerProps) {
  const t = useText();
  const mayAdd = useRight('settings.write');
  const [adding, setAdding] = useState(false);
  /** What was there when the list opened hides nobody. */
  const [typing, setTyping] = useState(false);
  const combobox = useCombobox({ onDropdownClose: () => setTyping(false) });
  const list = useList<Sender>('/senders', { query: { limit: 500 } });
  const standard = list.items.find((sender) => sender.is_default);
  const offered = sendersFor(typing ? value : '', list.items);
  const choose = (option: string) => {
    combobox.closeDropdown();
    if (option === ADD) return setAdding(true);
    const sender = list.items.find(({ id }) => id === option);
    if (sender) onChange(mailboxText(sender));
  };
  return (
    <div>
      <Combobox store={combobox} onOptionSubmit={choose} readOnly={readOnly ?? false}>
        <Combobox.Target>
          <LiquidInput
            label={label}
            value={value}
            error={error}
            readOnly={readOnly ?? false}
            dir="auto"
            autoComplete="off"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={standard ? mailboxText(standard) : t('senders.pick.provider')}
            description={<FromDomain from={value} standard={standard} />}
            rightSection={readOnly ? null : <IconChevronDown size={14} aria-hidden />}
            rightSectionPointerEvents="none"
            onChange={(event) => {
              onChange(event.currentTarget.value);
              setTyping(true);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={offered.length === 0 && !mayAdd}>
          <Combobox.Options mah={260} className={classes.options ?? ''}>
            {offered.map((sender) => (
              <SenderOption key={sender.id} sender={sender} />
            ))}
            {offered.length === 0 && list.first ? (
              <div className={classes.none}>
                {t(list.items.length === 0 ? 'senders.pick.none' : 'senders.pick.noMatch')}
              </div>
            ) : null}
            {mayAdd ? (
              <Combobox.Option value={ADD} className={classes.add ?? ''}>
                <IconPlus size={14} aria-hidden />
                {t('senders.pick.add')}
              </Combobox.Option>
            ) : null}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {adding ? (
        <SenderForm
          sender={null}
          onSaved={(sender) => onChange(mailboxText(sender))}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </div>
  );
}

function SenderOption({ sender }: { sender: Sender }) {
  const t = useText();
  const { id, name, address, is_default: isDefault, domain_state: state } = sender;
  return (
    <Combobox.Option value={id} className={classes.option ?? ''}>
      <span className={classes.who}>
        <span className={classes.name} dir="auto">
          {name || address}
          {isDefault ? <span className={classes.faint}> · {t('senders.default')}</span> : null}
        </span>
        {name === '' ? null : <span className={classes.faint}>{address}</span>}
      </span>
      <DomainState state={state} />
    </Combobox.Option>
  );
}
