import type { PromoCodesAdded } from '@perennial/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { readKey } from '../../app/data.ts';
import { useApi } from '../../app/session.ts';
import { codePieces } from './code-pieces.ts';

/** What became of the codes that were sent so far. */
export interface Uploaded extends PromoCodesAdded {
  /** Part of the whole, 0 to 1. */
  share: number;
}

export type Upload =
  | { step: 'idle' }
  | { step: 'running' | 'done' | 'stopped'; sent: Uploaded }
  | { step: 'failed'; sent: Uploaded; problem: ApiProblem };

const MOST_SHOWN = 100;
const NOTHING: Uploaded = { added: 0, duplicates: 0, invalid: 0, refused: [], share: 0 };

/** Sends codes piece by piece; what is sent stays, so that it may be stopped, and begun again. */
export function useUpload(poolId: string) {
  const api = useApi();
  const queries = useQueryClient();
  const [upload, setUpload] = useState<Upload>({ step: 'idle' });
  const stopping = useRef<AbortController | null>(null);

  async function start(source: string | File): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    stopping.current = controller;
    let sent = NOTHING;
    setUpload({ step: 'running', sent });
    const size = typeof source === 'string' ? source.length : source.size;
    try {
      for await (const { csv, first_line, read } of codePieces(bitsOf(source))) {
        if (signal.aborted) break;
        const told = await api.post<PromoCodesAdded>(
          `/promo_pools/${poolId}/codes`,
          { csv, first_line },
          { signal },
        );
        sent = joined(sent, told, Math.min(1, read / size));
        setUpload({ step: 'running', sent });
      }
      setUpload({ step: signal.aborted ? 'stopped' : 'done', sent });
    } catch (error) {
      if (signal.aborted) setUpload({ step: 'stopped', sent });
      else setUpload({ step: 'failed', sent, problem: error as ApiProblem });
    } finally {
      await queries.invalidateQueries({ queryKey: readKey(api.workspace, '/promo_pools') });
    }
  }

  return {
    upload,
    start: (source: string | File) => void start(source),
    stop: () => stopping.current?.abort(),
    reset: () => setUpload({ step: 'idle' }),
  };
}

async function* bitsOf(source: string | File): AsyncGenerator<string> {
  if (typeof source === 'string') {
    yield source;
    return;
  }
  const reader = source.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (let bit = await reader.read(); !bit.done; bit = await reader.read()) yield bit.value;
}

function joined(sent: Uploaded, told: PromoCodesAdded, share: number): Uploaded {
  return {
    added: sent.added + told.added,
    duplicates: sent.duplicates + told.duplicates,
    invalid: sent.invalid + told.invalid,
    refused: [...sent.refused, ...told.refused].slice(0, MOST_SHOWN),
    share,
  };
}
