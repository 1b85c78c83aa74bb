import type { JsonObject } from '@drydock/model';
import { Construct, k8s } from '../cdk8s.ts';
import { platformLabels } from '../labels.ts';
import { promoterAccess } from './promoter-access.ts';
import { promoterDeployment } from './promoter-deployment.ts';
import { PROMOTER_PORT, type PromoterFacts } from './promoter-facts.ts';
import { promoterNetwork } from './promoter-network.ts';

/** A promoter that runs in the hub. */
export interface PromoterInstallationProps {
  /** Image with this repository, its dependencies and git, at `/app`. */
  readonly image: string;
  /** Where it runs; the namespace itself is made elsewhere. @default 'drydock' */
  readonly namespace?: string;
  /** One acts, the others stand by. @default 2 */
  readonly replicas?: number;
  /**
   * `spec` of its config, without what follows from where it runs (`dataDir`, `installation`, `hub`, `listen`, `lease`).
   * Secret files are below `secrets/`.
   */
  readonly config: JsonObject;
  /** Secret whose keys become files below `secrets/`; made elsewhere. @default 'drydock-promoter' */
  readonly secretName?: string;
  /** Namespaces whose pods may call it. @default ['backstage'] */
  readonly callers?: readonly string[];
  /** Namespace of Argo CD's Applications. @default 'argocd' */
  readonly argocdNamespace?: string;
}

/**
 * The promoter in the hub: replicas of which one acts, what they may do, who may call them. The Service leads to the one
 * that acts, which labels its own pod.
 */
export class PromoterInstallation extends Construct {
  constructor(scope: Construct, id: string, props: PromoterInstallationProps) {
    super(scope, id);
    const facts = factsOf(props);
    const { name, namespace, labels } = facts;
    const metadata = { name, namespace, labels };
    new k8s.KubeConfigMap(this, 'config', { metadata, data: { 'promoter.yaml': facts.config } });
    promoterAccess(this, facts);
    promoterDeployment(this, facts);
    promoterNetwork(this, facts);
  }
}

function factsOf(props: PromoterInstallationProps): PromoterFacts {
  const { namespace = 'drydock', image, replicas = 2, secretName = 'drydock-promoter' } = props;
  const name = 'drydock-promoter';
  const spec = {
    ...props.config,
    dataDir: '/var/lib/drydock',
    installation: '/app',
    hub: {},
    listen: { host: '0.0.0.0', port: PROMOTER_PORT },
    lease: { namespace, name, labelPod: true },
  };
  const config = { apiVersion: 'drydock.dev/v1alpha1', kind: 'PromoterConfig', spec };
  return {
    name,
    namespace,
    image,
    replicas,
    secretName,
    callers: props.callers ?? ['backstage'],
    argocdNamespace: props.argocdNamespace ?? 'argocd',
    labels: platformLabels(name),
    selector: { 'app.kubernetes.io/name': name },
    config: `${JSON.stringify(config, undefined, 2)}\n`,
  };
}
