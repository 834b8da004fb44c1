import { Problem } from '../api/problem.ts';
import type { components } from '../api/schema.d.ts';
import { useToldProblem } from './told-problem.ts';

interface JobFailureProps {
  /** Says what failed. */
  readonly what: string;
  readonly failure: components['schemas']['JobFailureDto'];
}

/** Why something that the server did in the background failed. */
export function JobFailure({ what, failure }: JobFailureProps) {
  const { said } = useToldProblem()(new Problem(0, failure));
  return (
    <p role="alert" className="bg-bad-soft text-bad rounded-md p-3 text-sm">
      {what} {said}
    </p>
  );
}
