import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useText } from '../../../../app/text.tsx';
import { useTo } from '../../../../app/use-to.ts';
import type { Scope } from '../scope/scope.ts';
import { NamedSelect } from './NamedSelect.tsx';
import classes from '../BlocksForms.module.css';

interface MessageFieldProps {
  channel: string;
  scope: Scope;
  value: unknown;
  onChange: (message: string | undefined) => void;
  error: string | undefined;
}

/** A message of the channel, with the way to it. */
export function MessageField({ channel, scope, value, onChange, error }: MessageFieldProps) {
  const t = useText();
  const to = useTo();
  const { messages } = scope.vocabulary;
  const options = messages.filter((message) => message.channel === channel);
  const id = typeof value === 'number' ? String(value) : value;
  const isThere = options.some((option) => option.value === id);
  return (
    <div>
      <NamedSelect
        label={t('blockForms.message')}
        placeholder={t(options.length > 0 ? 'blockForms.choose' : 'blockForms.message.none')}
        options={options}
        value={id}
        onChange={onChange}
        error={error}
      />
      <Anchor
        className={classes.below}
        component={Link}
        to={to(isThere ? `messages/${String(id)}` : 'messages/new')}
        size="xs"
      >
        {t(isThere ? 'workflows.inspect.message' : 'blockForms.message.new')}
      </Anchor>
    </div>
  );
}
