import { clusterSecret } from '@drydock/constructs';
import type { JsonObject } from '@drydock/model';
import { argocdRepositorySecret, fluxRepositorySecret, isLocalGit } from '../git-access.ts';
import type { Member } from '../members.ts';
import { internalServer } from '../names.ts';
import { ids, type PlanContext } from '../plan/context.ts';
import { apply, ask } from '../plan/kubectl.ts';
import { type Call, MINUTE, type Phase, type Step } from '../plan/step.ts';
import { engineClusters, usesEngine } from './engines.ts';

/** The account as which Argo CD acts on a cluster; the same rights as `argocd cluster add` gives. */
const ACCOUNT = { name: 'drydock-delivery', namespace: 'kube-system' } as const;
const TOKEN = `${ACCOUNT.name}-token`;
/** The API server as pods of the same cluster see it. */
const OWN_SERVER = 'https://kubernetes.default.svc';

/** Gives each Argo CD the credentials of its clusters and of the repository. None of them ever goes to git. */
export function registerPhase(context: PlanContext): Phase {
  const clusters = context.members.filter((member) => needsSecret(context, member));
  const steps = [
    ...clusters.map((member) => clusterStep(context, member)),
    ...(isLocalGit(context.fleet.repository) ? repositorySteps(context) : []),
  ];
  return { id: 'register', title: 'Credentials', steps };
}

/** The hub is Argo CD's own `in-cluster`; a spoke that has its own Argo CD is known to it by its name all the same. */
function needsSecret(context: PlanContext, { cluster, host }: Member): boolean {
  return usesEngine(context, cluster, 'argocd') && !(cluster === host && cluster.role === 'hub');
}

function clusterStep({ paths }: PlanContext, member: Member): Step {
  const { cluster, host } = member;
  const { name } = cluster;
  const server = cluster === host ? OWN_SERVER : internalServer(member);
  const secret = clusterSecret(cluster, { server, caData: `%{${name}.ca}`, token: `%{${name}.token}` });
  const read = (key: string): Call => ({
    ...ask(
      paths,
      name,
      'get',
      `secret/${TOKEN}`,
      `--namespace=${ACCOUNT.namespace}`,
      `--output=jsonpath={.data.${key}}`,
    ),
    secret: true,
  });
  const ca: Call = {
    ...read('ca\\.crt'),
    capture: { name: `${name}.ca`, pattern: /^[A-Za-z0-9+/]+=*$/ },
    retryFor: MINUTE,
  };
  const token: Call = {
    ...read('token'),
    capture: { name: `${name}.token`, pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/, read: fromBase64, secret: true },
    retryFor: MINUTE,
  };
  return {
    id: ids.register(name),
    title: `register ${name} with the Argo CD on ${host.name}`,
    needs: [ids.cluster(name), ids.engine('argocd', host.name)],
    calls: [apply(paths, name, accountObjects()), ca, token, apply(paths, host.name, [secret])],
  };
}

function fromBase64(stdout: string): string {
  return Buffer.from(stdout.trim(), 'base64').toString('utf8');
}

/** https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token: a token that does not expire. */
function accountObjects(): readonly JsonObject[] {
  const labels = { 'app.kubernetes.io/managed-by': 'drydock' };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...ACCOUNT, labels } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        name: TOKEN,
        namespace: ACCOUNT.namespace,
        labels,
        annotations: { 'kubernetes.io/service-account.name': ACCOUNT.name },
      },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: ACCOUNT.name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', ...ACCOUNT }],
    },
  ];
}

function repositorySteps(context: PlanContext): readonly Step[] {
  const { fleet, paths } = context;
  const step = (engine: 'argocd' | 'flux', cluster: string, object: JsonObject): Step => ({
    id: `register/repository/${engine}/${cluster}`,
    title: `let ${engine === 'argocd' ? 'Argo CD' : 'Flux'} on ${cluster} read the repository`,
    needs: [ids.engine(engine, cluster)],
    calls: [apply(paths, cluster, [object])],
  });
  return [
    ...engineClusters(context, 'argocd').map(({ cluster }) =>
      step('argocd', cluster.name, argocdRepositorySecret(fleet.repository, '%{git.token}')),
    ),
    ...engineClusters(context, 'flux').map(({ cluster }) =>
      step('flux', cluster.name, fluxRepositorySecret('%{git.token}')),
    ),
  ];
}
