import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { checkStop, stopSchemas, type StopType } from '@perennial/blocks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import type { BlockWords } from '../../../editor/use-block-words.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Settings } from '../blocks-forms/form-props.ts';
import { partErrors } from './part-errors.ts';
import { stopForms } from './registry.ts';
import classes from '../blocks-forms/BlocksForms.module.css';

const stopTypes = Object.keys(stopSchemas) as StopType[];
const MOST_STOPS = 100;

interface StopsFormProps {
  stops: readonly Settings[];
  vocabulary: Vocabulary;
  words: BlockWords;
  readOnly: boolean;
  onChange: (stops: readonly Settings[]) => void;
}

/** What ends runs at once, wherever they stand. */
export function StopsForm({ stops, vocabulary, words, readOnly, onChange }: StopsFormProps) {
  const t = useText();
  return (
    <fieldset className={classes.form} disabled={readOnly}>
      <p className={classes.hint}>{t('startForms.stops.hint')}</p>
      {stops.map((stop, index) => {
        const type = stopTypes.find((each) => each === stop['type']);
        const Form = type && stopForms[type];
        return (
          // oxlint-disable-next-line react/no-array-index-key -- stops have no names
          <section key={index} className={classes.case} aria-label={words.stopOf({ ...stop })}>
            <header className={classes.caseHead}>
              <h4 className={classes.caseName} dir="auto">
                {words.stopOf({ ...stop })}
              </h4>
              <Tooltip label={t('startForms.stops.remove')}>
                <ActionIcon
                  size={24}
                  aria-label={t('startForms.stops.remove')}
                  onClick={() => onChange(stops.toSpliced(index, 1))}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </Tooltip>
            </header>
            {Form ? (
              <Form
                part={stop}
                onChange={(next) => onChange(stops.with(index, next))}
                vocabulary={vocabulary}
                errorAt={partErrors(stop, checkStop, t).errorAt}
              />
            ) : (
              <p className={classes.hint}>{t('blockForms.none')}</p>
            )}
          </section>
        );
      })}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            className={classes.alone ?? ''}
            leftSection={<IconPlus size={14} />}
            disabled={stops.length >= MOST_STOPS}
          >
            {t('startForms.stops.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {stopTypes.map((type) => (
            <Menu.Item key={type} onClick={() => onChange([...stops, newStop(type)])}>
              {t(`startForms.stop.${type}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  );
}

function newStop(type: StopType): Settings {
  return type === 'segment' ? { type, segment: '' } : { type, event: '' };
}
