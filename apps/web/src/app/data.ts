import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Api, ApiProblem, Page, Query } from '../api.ts';
import { useApi } from './session.ts';

type Key = readonly unknown[];

/** Key of what is read: the parts of the path, so that `/contacts` also names `/contacts/12`. */
export function readKey(workspace: string, path: string, query?: Query): Key {
  const parts = path.split('/').filter(Boolean);
  return query ? [workspace, ...parts, query] : [workspace, ...parts];
}

interface ReadOptions {
  query?: Query;
  enabled?: boolean;
  /** Milliseconds between looks at what changes by itself. */
  every?: number | false;
  /** Lists show the former items while the query changes, unless this is false. */
  keepPrevious?: boolean;
}

/** Reads one thing of the workspace. */
export function useRead<T>(path: string, options: ReadOptions = {}): UseQueryResult<T, ApiProblem> {
  const api = useApi();
  const { query } = options;
  return useQuery<T, ApiProblem>({
    queryKey: readKey(api.workspace, path, query),
    queryFn: ({ signal }) => api.get<T>(path, { ...(query ? { query } : {}), signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
  });
}

export interface ListRead<Item> {
  items: readonly Item[];
  /** What the first page said, when the server counts. */
  total: number | null | undefined;
  loading: boolean;
  error: ApiProblem | null;
  hasMore: boolean;
  loadingMore: boolean;
  more: () => void;
  retry: () => void;
  /** The first page's whole answer, for what stands beside the items. */
  first: Page<Item> | undefined;
  /** The last one that was read. */
  last: Page<Item> | undefined;
}

interface ListOptions<Item> extends Omit<ReadOptions, 'every'> {
  /** Milliseconds between looks at what changes by itself, which may depend on what is there. */
  every?: number | false | ((items: readonly Item[]) => number | false);
}

/** Reads a list page by page as far as it is scrolled. */
export function useList<Item>(path: string, options: ListOptions<Item> = {}): ListRead<Item> {
  const api = useApi();
  const query = { limit: 100, ...options.query };
  const result = useInfiniteQuery<Page<Item>, ApiProblem, PagesOf<Item>, Key, string | null>({
    queryKey: readKey(api.workspace, path, query),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Item>>(path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: options.enabled ?? true,
    // Renewing reads every loaded page again, so a list scrolled far down rests.
    refetchInterval: ({ state: { data } }) => {
      const { every = false } = options;
      if ((data?.pages.length ?? 0) > 2) return false;
      return typeof every === 'function'
        ? every(data?.pages.flatMap((page) => page.items) ?? [])
        : every;
    },
    ...(options.keepPrevious === false ? {} : { placeholderData: keepPreviousData }),
  });
  const pages = result.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const { fetchNextPage, refetch } = result;
  return {
    items,
    total: pages?.[0]?.total,
    loading: result.isPending,
    error: result.error,
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    more: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    retry: useCallback(() => void refetch(), [refetch]),
    first: pages?.[0],
    last: pages?.at(-1),
  };
}

interface PagesOf<Item> {
  pages: Page<Item>[];
  pageParams: (string | null)[];
}

/** Whom a change tells. */
interface Told<Output> {
  onSuccess?: (made: Output) => void;
  onError?: (problem: ApiProblem) => void;
  onSettled?: () => void;
}

type WithoutMutate<Result> = Result extends unknown ? Omit<Result, 'mutate'> : never;

type Change<Input, Output> = WithoutMutate<UseMutationResult<Output, ApiProblem, Input>> & {
  mutate: (
    ...asked: undefined extends Input
      ? [input?: Input, told?: Told<Output>]
      : [input: Input, told?: Told<Output>]
  ) => void;
};

/**
 * Changes something and renews what was read under the given paths. Whoever asked is told if their
 * component is there when the answer comes, also when what is renewed takes it away then: the
 * library's own callbacks are not called any more.
 */
export function useChange<Input = void, Output = unknown>(
  change: (api: Api, input: Input) => Promise<Output>,
  renews: readonly string[],
): Change<Input, Output> {
  const api = useApi();
  const queries = useQueryClient();
  const there = useRef(true);
  const heard = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => void (there.current = false);
  }, []);
  const mutation = useMutation<Output, ApiProblem, Input>({
    mutationFn: (input) => change(api, input).finally(() => (heard.current = there.current)),
    onSuccess: async () => {
      await Promise.all(
        renews.map((path) => queries.invalidateQueries({ queryKey: readKey(api.workspace, path) })),
      );
    },
  });
  const { mutateAsync } = mutation;
  const mutate: Change<Input, Output>['mutate'] = useCallback(
    (...[input, told]) => {
      void mutateAsync(input as Input)
        .then(
          (made) => heard.current && told?.onSuccess?.(made),
          (problem: ApiProblem) => heard.current && told?.onError?.(problem),
        )
        .finally(() => heard.current && told?.onSettled?.());
    },
    [mutateAsync],
  );
  return { ...mutation, mutate };
}
