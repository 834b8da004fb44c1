import { useMutation, useQuery, useQueryClient, type Query } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

type Schemas = components['schemas'];
/** A job without its result. */
export type AuditJob = Schemas['ListedAuditJobDto'];
export type LogProof = Schemas['LogProofDto'];
export type ReplayedState = Schemas['ReplayedStateDto'];
export type ComparedStates = Schemas['ComparedStatesDto'];
export type JobKind = AuditJob['kind'];

const POLL_MILLISECONDS = 250;
const POLL_LIST_MILLISECONDS = 2_000;

function whileRunning<Job extends Pick<AuditJob, 'state'>>({ state: { data } }: Query<Job>): number | false {
  return data?.state === 'running' ? POLL_MILLISECONDS : false;
}

function shared(kind: JobKind, id: string | undefined) {
  return { queryKey: ['audit', kind, id], enabled: id !== undefined, staleTime: Number.POSITIVE_INFINITY };
}

/** The jobs of one kind that the server still knows, newest first; asked again while one runs. */
export function useJobs(kind: JobKind) {
  return useQuery({
    queryKey: ['audit', 'jobs'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/audit/jobs', { signal })),
    select: ({ jobs }) => jobs.filter((job) => job.kind === kind),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.jobs.some(({ state }) => state === 'running') ? POLL_LIST_MILLISECONDS : false,
  });
}

/** A verification, how far it is or what it showed; asked again while it runs. */
export function useVerification(id: string | undefined) {
  return useQuery<Schemas['VerificationJobDto']>({
    ...shared('verification', id),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/audit/verifications/{id}', { params: { path: { id: id ?? '' } }, signal })),
    refetchInterval: whileRunning,
  });
}

/** A replay, how far it is or how things stood; asked again while it runs. */
export function useReplay(id: string | undefined) {
  return useQuery<Schemas['ReplayJobDto']>({
    ...shared('replay', id),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/audit/replays/{id}', { params: { path: { id: id ?? '' } }, signal })),
    refetchInterval: whileRunning,
  });
}

/** A comparison of two moments, how far it is or what differs; asked again while it runs. */
export function useComparison(id: string | undefined) {
  return useQuery<Schemas['ComparisonJobDto']>({
    ...shared('comparison', id),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/audit/comparisons/{id}', { params: { path: { id: id ?? '' } }, signal })),
    refetchInterval: whileRunning,
  });
}

export type AuditQuestion =
  | ({ readonly kind: 'verification' } & Schemas['VerificationDto'])
  | ({ readonly kind: 'replay' } & Schemas['ReplayDto'])
  | ({ readonly kind: 'comparison' } & Schemas['ComparisonDto']);

/** Begins what takes longer than a request; answers with its id. */
export function useStartJob() {
  const client = useQueryClient();
  return useMutation({
    onSettled: () => client.invalidateQueries({ queryKey: ['audit', 'jobs'] }),
    mutationFn: (question: AuditQuestion) => {
      switch (question.kind) {
        case 'verification': {
          const { kind: _, ...body } = question;
          return dataOf(api.POST('/api/v1/audit/verifications', { body }));
        }
        case 'replay':
          return dataOf(api.POST('/api/v1/audit/replays', { body: { at: question.at } }));
        case 'comparison': {
          const { kind: _, ...body } = question;
          return dataOf(api.POST('/api/v1/audit/comparisons', { body }));
        }
      }
    },
  });
}

/** Ends a job that runs, and forgets it. */
export function useEndJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, id }: Pick<AuditJob, 'kind' | 'id'>) => {
      const params = { params: { path: { id } } };
      switch (kind) {
        case 'verification':
          return api.DELETE('/api/v1/audit/verifications/{id}', params);
        case 'replay':
          return api.DELETE('/api/v1/audit/replays/{id}', params);
        case 'comparison':
          return api.DELETE('/api/v1/audit/comparisons/{id}', params);
      }
    },
    onSuccess: (_, { kind, id }) => {
      client.removeQueries({ queryKey: ['audit', kind, id] });
      return client.invalidateQueries({ queryKey: ['audit', 'jobs'] });
    },
  });
}
