/** What is known about a provider from its answers. */
export type ProviderState =
  | { condition: 'fine' }
  | {
      /**
       * `throttled`: it asked to be left alone. `refused`: it takes nothing from us. `failing`: it
       * fails message after message. `broken`: its settings cannot be read.
       */
      condition: 'throttled' | 'refused' | 'failing' | 'broken';
      /** What it said. */
      problem: string;
      /** When it is tried again. */
      until?: Date;
    };
