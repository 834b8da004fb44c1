import { useNavigate } from '@tanstack/react-router';
import type { AuditSection } from '../audit-search.ts';
import { useStartJob, type AuditQuestion } from '../api/jobs.ts';

/** Begins a job and puts its id into the address, so that a link shows a colleague the same result. */
export function useJobStart(section: AuditSection) {
  const navigate = useNavigate({ from: '/audit' });
  const { mutate, error, isPending } = useStartJob();
  return {
    error,
    isPending,
    begin: (question: AuditQuestion) =>
      mutate(question, { onSuccess: ({ id }) => void navigate({ search: { section, job: id } }) }),
  };
}
