import { UnavailableError } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { testFleet } from '../kind/test-fleet.ts';
import { providerContract } from '../provider-contract.ts';
import { recordedToolRunner } from '../tools/recorded-tool-runner.ts';
import { ExternalProvider } from './external-provider.ts';

const RECORDING = {
  'kubectl config get-contexts': 'hub\nacme-dev\nedge\n',
  'kubectl config view': 'apiVersion: v1\nkind: Config\n',
};

providerContract('external, with a recorded kubectl', async () => {
  const tools = recordedToolRunner(RECORDING);
  const provider = new ExternalProvider({ fleet: await testFleet(), tools, contexts: { dev: 'acme-dev' } });
  return { provider, clusters: ['hub', 'dev', 'edge'], makes: false, close: async () => {} };
});

describe('clusters that somebody else keeps', () => {
  it('are named when they do not answer or have no context', async () => {
    const tools = recordedToolRunner({
      ...RECORDING,
      'kubectl --context=edge': { exitCode: 1, stderr: 'Unable to connect to the server: timeout\n' },
    });
    const provider = new ExternalProvider({ fleet: await testFleet(), tools });
    const error = await provider.up().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(String(error)).toContain('cluster "dev": no context "dev" in the kubeconfig');
    expect(String(error)).toContain('cluster "edge": Unable to connect to the server: timeout');
  });
});
