import type { Repository } from '@drydock/git';
import type { Clock } from '../ports.ts';
import { checkProbe, type SecretReader } from './check-probe.ts';
import { metricProbe } from './metric-probe.ts';
import { policyProbe } from './policy-probe.ts';
import type { Probe } from './probe.ts';

export interface ProbesOptions {
  readonly repository: Repository;
  readonly clock: Clock;
  readonly secretOf: SecretReader;
}

/** The Probe for each type of Gate. */
export function createProbe({ repository, clock, secretOf }: ProbesOptions): Probe {
  return {
    async look(gate, subject) {
      switch (gate.type) {
        case 'policy':
          return policyProbe(repository, gate, subject);
        case 'check':
          return checkProbe(gate, subject, secretOf);
        case 'metric':
          return metricProbe(gate, subject, clock.now());
      }
    },
  };
}
