import type { JsonObject } from '@drydock/model';
import type { Member } from '../members.ts';
import { addonOn } from '../network.ts';
import type { PlanContext } from '../plan/context.ts';
import { apply, ask, waitFor } from '../plan/kubectl.ts';
import { type Call, MINUTE, type Phase, type Step } from '../plan/step.ts';

/** The addons that Submariner is in the catalogue. */
export const SUBMARINER = { broker: 'submariner-broker', operator: 'submariner-operator' } as const;

const BROKER_NAMESPACE = 'submariner-k8s-broker';
/** The account with which clusters talk to the Broker (submariner-io/submariner-charts, `submariner-k8s-broker`). */
const CLIENT = 'submariner-k8s-broker-client';
const CLIENT_TOKEN = 'drydock-submariner-client';
const NAMESPACE = 'submariner-operator';
/** The Secrets that the addon's Submariner object names; elsewhere External Secrets brings them from a secret store. */
const SECRETS = { broker: 'submariner-broker', psk: 'submariner-psk' } as const;
const BROKER_STEP = 'submariner/broker';

/**
 * Lets the clusters that have the operator join the Broker. GitOps brings both, and the object that says how they join;
 * what it cannot bring are the credentials, which the Broker makes (https://submariner.io/operations/deployment/).
 */
export function submarinerPhase(context: PlanContext): Phase {
  const [broker] = membersWith(context, SUBMARINER.broker);
  const joined = membersWith(context, SUBMARINER.operator);
  const title = 'Submariner';
  if (broker === undefined || joined.length === 0) return { id: 'submariner', title, steps: [] };
  return {
    id: 'submariner',
    title,
    steps: [brokerStep(context, broker), ...joined.map((member) => joinStep(context, broker, member))],
  };
}

/** Why clusters that want to be joined cannot be. */
export function submarinerProblems(context: PlanContext): readonly string[] {
  const joined = membersWith(context, SUBMARINER.operator).length;
  const brokers = membersWith(context, SUBMARINER.broker).length;
  if (joined === 0 || brokers === 1) return [];
  return [
    `Submariner: expected exactly one of the clusters to have the addon "${SUBMARINER.broker}", got ${brokers}`,
  ];
}

function membersWith({ fleet, members }: PlanContext, addon: string): readonly Member[] {
  return members.filter(({ cluster }) => addonOn(fleet, cluster, addon) !== undefined);
}

function brokerStep({ paths, members }: PlanContext, { cluster }: Member): Step {
  const { name } = cluster;
  const account = [`serviceaccount/${CLIENT}`, `--namespace=${BROKER_NAMESPACE}`];
  const read = (key: string): Call => ({
    ...ask(
      paths,
      name,
      'get',
      `secret/${CLIENT_TOKEN}`,
      `--namespace=${BROKER_NAMESPACE}`,
      `--output=jsonpath={.data.${key}}`,
    ),
    retryFor: MINUTE,
    secret: true,
  });
  const pattern = /^[A-Za-z0-9+/]+=*$/;
  return {
    id: BROKER_STEP,
    title: `read the credentials of the Broker on ${name}`,
    needs: members.flatMap((member) => [`roots/${member.cluster.name}`, `roots/flux/${member.cluster.name}`]),
    calls: [
      waitFor(paths, name, { minutes: 15, args: ['--for=create', ...account] }),
      apply(paths, name, [clientToken()]),
      { ...read('ca\\.crt'), capture: { name: 'broker.ca', pattern } },
      { ...read('token'), capture: { name: 'broker.token', pattern, secret: true } },
    ],
  };
}

function joinStep({ paths }: PlanContext, broker: Member, { cluster }: Member): Step {
  const { name } = cluster;
  const arrive = waitFor(paths, name, { minutes: 15, args: ['--for=create', `namespace/${NAMESPACE}`] });
  return {
    id: `submariner/${name}`,
    title: `let ${name} join the Broker on ${broker.cluster.name}`,
    needs: [BROKER_STEP],
    calls: [arrive, apply(paths, name, credentials())],
  };
}

function clientToken(): JsonObject {
  const annotations = { 'kubernetes.io/service-account.name': CLIENT };
  const metadata = { name: CLIENT_TOKEN, namespace: BROKER_NAMESPACE, annotations };
  return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata };
}

/** Token and CA are base64 as they were read; the key of the tunnels is made once for the fleet. */
function credentials(): readonly JsonObject[] {
  const secret = (name: string, content: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: NAMESPACE },
    ...content,
  });
  return [
    secret(SECRETS.broker, { data: { 'ca.crt': '%{broker.ca}', token: '%{broker.token}' } }),
    secret(SECRETS.psk, { stringData: { psk: '%{submariner.psk}' } }),
  ];
}
