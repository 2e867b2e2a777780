// Stands in for fast-check in tests: properties without a seed of their own try the same cases in
// every run, so that `npm test` says the same of the same code. New cases are for the long runs
// (test:fuzz, test:agreement), which print their seeds.
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });

export * from 'fast-check';
// oxlint-disable-next-line import/no-default-export -- what it stands in for has one.
export { default } from 'fast-check';
