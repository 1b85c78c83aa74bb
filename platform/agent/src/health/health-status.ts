/** Argo CD's words for the health of a resource or an application. */
export type HealthCode = 'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown';

/** Health with the reason for it. */
export interface Health {
  readonly status: HealthCode;
  readonly message?: string | undefined;
}

/** From best to worst, as Argo CD orders them (gitops-engine, `pkg/health`). */
const order: readonly HealthCode[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

/** Says whether `code` is worse than `than`. */
export function isWorse(code: HealthCode, than: HealthCode): boolean {
  return order.indexOf(code) > order.indexOf(than);
}

/** The worst of several; `Healthy` for none. */
export function worstHealth(codes: Iterable<HealthCode>): HealthCode {
  let worst: HealthCode = 'Healthy';
  for (const code of codes) if (isWorse(code, worst)) worst = code;
  return worst;
}
