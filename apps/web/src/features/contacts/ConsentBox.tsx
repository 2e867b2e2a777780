import { Checkbox, Textarea } from '@mantine/core';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

/** What a person agreed to at addresses that somebody enters for them. */
export interface GivenConsent {
  confirmed: boolean;
  text: string;
}

export const noConsent: GivenConsent = { confirmed: false, text: '' };

/** As the API takes it. */
export interface ConsentMembers {
  confirmed: boolean;
  consent_text?: string;
  withdraw_consent?: boolean;
}

export function consentMembers({ confirmed, text }: GivenConsent): ConsentMembers {
  const words = text.trim();
  return { confirmed, ...(confirmed && words ? { consent_text: words } : {}) };
}

/** Asks whether the person agreed; without, the new address waits for their own yes. */
export function ConsentBox({
  consent,
  onChange,
}: {
  consent: GivenConsent;
  onChange: (consent: GivenConsent) => void;
}) {
  const t = useText();
  return (
    <div className={classes.stack}>
      <Checkbox
        label={t('contacts.consent.given')}
        description={t('contacts.consent.givenHint')}
        checked={consent.confirmed}
        onChange={(event) => onChange({ ...consent, confirmed: event.currentTarget.checked })}
      />
      {consent.confirmed ? (
        <Textarea
          label={t('contacts.consent.text')}
          value={consent.text}
          maxLength={2000}
          autosize
          minRows={2}
          dir="auto"
          onChange={(event) => onChange({ ...consent, text: event.currentTarget.value })}
        />
      ) : null}
    </div>
  );
}
