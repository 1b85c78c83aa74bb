import { ARGO_CD } from './argo-cd.ts';

/** The CustomResourceDefinitions that every cluster registers at its start. */
export const BUILTIN_CRDS: readonly object[] = [...ARGO_CD];
