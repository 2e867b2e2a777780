import { Combobox, TextInput, useCombobox } from '@mantine/core';
import {
  segmentConditions,
  workflowConditions,
  type AnyConditionTypes,
  type JsonObject,
} from '@perennial/conditions';
import { SkeletonLines } from '@perennial/ui';
import {
  IconAdjustments,
  IconBolt,
  IconBuildingBroadcastTower,
  IconCategory,
  IconDeviceMobile,
  IconFilter,
  IconMail,
  IconRoute,
  IconSearch,
  IconShoppingCart,
  IconSitemap,
  IconUser,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useState } from 'react';
import { useText } from '../../app/text.tsx';
import type { OfferGroup } from './offer.ts';
import { findOffers, offersOf } from './offers.ts';
import type { Vocabulary } from './vocabulary.ts';
import classes from './Conditions.module.css';

/** What a condition is about, as a picture. */
export const offerIcons: Readonly<Record<OfferGroup, Icon>> = {
  run: IconRoute,
  fields: IconUser,
  custom: IconAdjustments,
  events: IconBolt,
  params: IconFilter,
  messages: IconMail,
  channels: IconBuildingBroadcastTower,
  categories: IconCategory,
  devices: IconDeviceMobile,
  orders: IconShoppingCart,
  workflows: IconSitemap,
  segments: IconUsersGroup,
};

interface OfferListProps {
  /** Undefined until it is there: what is typed meanwhile counts. */
  vocabulary: Vocabulary | undefined;
  onChoose: (condition: JsonObject) => void;
  /** Leaves out, such as a segment that would lead back to itself. */
  without?: string | undefined;
  /** The types of condition that can be asked for here; those of segments, or of workflows, unless given. */
  types?: AnyConditionTypes | undefined;
}

/** Everything that a condition can be about, found by typing, chosen by arrows and Enter. */
export function OfferList(props: OfferListProps) {
  const { vocabulary, onChoose, without } = props;
  const { types = vocabulary?.run ? workflowConditions : segmentConditions } = props;
  const t = useText();
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ opened: true });
  const offers = useMemo(
    () =>
      vocabulary
        ? offersOf(vocabulary, t).filter(({ id, type }) => id !== without && type in types)
        : [],
    // `t` speaks the one language that there is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [vocabulary, without, types],
  );
  const found = useMemo(() => findOffers(offers, typed), [offers, typed]);
  // What was pointed at may be gone: Enter takes the first of what is found.
  const { selectFirstOption } = combobox;
  useLayoutEffect(() => {
    selectFirstOption();
  }, [found, selectFirstOption]);
  const choose = (id: string) => {
    const offer = offers.find((each) => each.id === id);
    if (offer) onChoose(offer.make());
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          size="sm"
          className={classes.search ?? ''}
          leftSection={<IconSearch size={16} />}
          aria-label={t('conditions.search')}
          placeholder={t('conditions.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.offers ?? ''} aria-label={t('conditions.add')}>
        {found.map(({ group, offers: some, more }) => {
          const Glyph = offerIcons[group];
          return (
            <Combobox.Group key={group} label={t(`conditions.group.${group}`)}>
              {some.map((offer) => (
                <Combobox.Option key={offer.id} value={offer.id} className={classes.offer ?? ''}>
                  <Glyph size={16} stroke={1.75} className={classes.offerIcon} aria-hidden />
                  <span className={classes.offerLabel} dir="auto">
                    {offer.label}
                  </span>
                  {offer.hint ? (
                    <span className={classes.offerHint} dir="auto">
                      {offer.hint}
                    </span>
                  ) : null}
                </Combobox.Option>
              ))}
              {more > 0 ? (
                <p className={classes.offerMore}>{t('conditions.search.more', { count: more })}</p>
              ) : null}
            </Combobox.Group>
          );
        })}
        {vocabulary && found.length === 0 ? (
          <Combobox.Empty>{t('conditions.search.none', { typed })}</Combobox.Empty>
        ) : null}
        {vocabulary ? null : (
          <div className={classes.offersToCome}>
            <SkeletonLines lines={6} />
          </div>
        )}
      </Combobox.Options>
    </Combobox>
  );
}
