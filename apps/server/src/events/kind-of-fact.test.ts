import { expect, test } from 'vitest';
import { kindOfFact } from './kind-of-fact.ts';

test.each([
  ['Trained', 'event'],
  ['MessageClicked', 'event'],
  ['MessageSent', undefined],
  ['FieldChanged', 'field'],
  ['ContactCreated', 'profile'],
  ['ContactMerged', 'profile'],
  ['ContactUnmerged', 'profile'],
  ['SubscriptionChanged', 'subscription'],
  ['SubscriptionConfirmed', 'subscription'],
  ['subscribeFromApi', 'form'],
  ['subscribeFromApi-footer', 'form'],
  ['subscribeUpdateFromApi', 'form'],
  ['subscribeUpdateFromApi-footer', 'form'],
  ['subscribeFromApis', 'event'],
  ['SegmentEntered', 'segment'],
  ['FormSubmitted', 'form'],
  ['orderDELIVERED', 'order'],
  ['orderABANDONED_SHOPPING_CART', 'order'],
  ['orderedPizza', 'event'],
  ['constructor', 'event'],
  ['', 'event'],
])('a fact of type %j stands under %j', (type, kind) => {
  expect(kindOfFact(type)).toBe(kind);
});
