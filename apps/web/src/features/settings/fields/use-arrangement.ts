import type { Field, FieldGroup } from '@perennial/contracts';
import { useEffect, useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { arrangementOf, shelvesOf, type Shelf } from './arrangement.ts';

/** The order of fields: shown as it was moved at once, and as the server has it once that is read. */
export function useArrangement(
  groups: readonly FieldGroup[],
  fields: readonly Field[],
): [Shelf[], (shelves: Shelf[]) => void] {
  const showProblem = useShowProblem();
  const [moved, setMoved] = useState<Shelf[] | null>(null);
  useEffect(() => setMoved(null), [groups, fields]);
  const order = useChange(
    (api, shelves: Shelf[]) => api.post('/fields/order', arrangementOf(shelves)),
    ['/fields'],
  );
  const arrange = (shelves: Shelf[]) => {
    setMoved(shelves);
    order.mutate(shelves, {
      onError: (problem) => {
        setMoved(null);
        showProblem(problem);
      },
    });
  };
  return [moved ?? shelvesOf(groups, fields), arrange];
}
