import { useMemo } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { useFieldName } from '../terms/field-name.ts';
import { useFieldValue, type NamedPipeline } from '../terms/field-value.ts';
import { useRoleName } from '../terms/role-name.ts';
import { historyTexts } from './history.texts.ts';
import type { ToldEvent } from './told-event.ts';

/** How a deal's fields, values and actors read in the chosen language. */
export interface DealWords {
  stage(id: string): string;
  field(field: string): string;
  /** A value of a field; where there is none, `none` or `unknown`. */
  value(field: string, value: unknown): string;
  kind(kind: string): string;
  /** Who did it, in which role and for whom. */
  actor(event: Pick<ToldEvent, 'who' | 'role' | 'onBehalfOf'>): string;
}

/** What tells the pipeline of a deal. */
export interface DealPipeline {
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly stages: NamedPipeline['stages'];
}

/** The words of a deal, which knows the names of its stages. */
export function useDealWords({ pipelineId, pipelineName, stages }: DealPipeline): DealWords {
  const field = useFieldName();
  const roleName = useRoleName();
  const said = useTexts(historyTexts);
  const pipelines = useMemo(() => [{ id: pipelineId, name: pipelineName, stages }], [pipelineId, pipelineName, stages]);
  const value = useFieldValue(pipelines);
  return useMemo(
    () => ({
      stage: (id) => value('stageId', id),
      field,
      value,
      kind: (kind) => value('activity.kind', kind),
      actor: ({ who, role, onBehalfOf }) =>
        onBehalfOf === undefined
          ? said('who', { name: who, role: roleName(role) })
          : said('whoFor', { name: who, role: roleName(role), other: onBehalfOf }),
    }),
    [field, value, roleName, said],
  );
}
