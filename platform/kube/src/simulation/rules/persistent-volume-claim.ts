import { fieldsAt, type KubeObject, listAt, stringAt } from '../../model/kube-object.ts';
import { type Action, NOTHING, type Outcome, type Rule, type View } from '../rule.ts';

const CLAIMS = 'persistentvolumeclaims';
const VOLUMES = 'persistentvolumes';

/** A claim of a storage class is bound to a volume that is made for it; nothing is stored anywhere. */
export const persistentVolumeClaimRule: Rule = {
  resource: CLAIMS,
  watches: [VOLUMES],
  decide(claim, view) {
    if (claim.metadata.deletionTimestamp !== undefined || stringAt(claim, 'status', 'phase') === 'Bound')
      return NOTHING;
    const storageClass = stringAt(claim, 'spec', 'storageClassName') ?? defaultClass(view);
    const name = stringAt(claim, 'spec', 'volumeName') ?? `pvc-${claim.metadata.uid}`;
    const volume = view.get(VOLUMES, '', name);
    if (volume === undefined) return storageClass ? provision(claim, name, storageClass) : NOTHING;
    return bind(claim, volume, storageClass);
  },
};

function defaultClass(view: View): string | undefined {
  const isDefault = (each: KubeObject) =>
    each.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
  return view.list('storageclasses.storage.k8s.io').find(isDefault)?.metadata.name;
}

function provision(claim: KubeObject, name: string, storageClassName: string): Outcome {
  const { namespace, uid } = claim.metadata;
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'drydock.dev/simulated': 'true' } },
    spec: {
      capacity: { storage: fieldsAt(claim, 'spec', 'resources', 'requests').storage ?? '1Gi' },
      accessModes: listAt(claim, 'spec', 'accessModes'),
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName,
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name: claim.metadata.name,
        namespace,
        uid,
      },
      csi: { driver: 'simulated.drydock.dev', volumeHandle: name },
    },
  };
  return { actions: [{ do: 'create', resource: VOLUMES, object }] };
}

function bind(claim: KubeObject, volume: KubeObject, storageClassName: string | undefined): Outcome {
  const { capacity, accessModes } = fieldsAt(volume, 'spec');
  const spec = {
    ...fieldsAt(claim, 'spec'),
    volumeName: volume.metadata.name,
    ...(storageClassName ? { storageClassName } : {}),
  };
  const bound: Action = { do: 'update', resource: CLAIMS, object: { ...claim, spec } };
  const actions: Action[] = stringAt(claim, 'spec', 'volumeName') === volume.metadata.name ? [] : [bound];
  actions.push({ do: 'status', resource: VOLUMES, of: volume, status: { phase: 'Bound' } });
  actions.push({
    do: 'status',
    resource: CLAIMS,
    of: claim,
    status: { phase: 'Bound', accessModes, capacity },
  });
  return { actions };
}

/** A volume that was made for a claim goes when the claim has gone. */
export const persistentVolumeRule: Rule = {
  resource: VOLUMES,
  watches: [CLAIMS],
  decide(volume, view) {
    const claim = fieldsAt(volume, 'spec', 'claimRef');
    if (
      volume.metadata.deletionTimestamp !== undefined ||
      stringAt(volume, 'spec', 'csi', 'driver') !== 'simulated.drydock.dev'
    )
      return NOTHING;
    const owner = view.get(CLAIMS, String(claim.namespace), String(claim.name));
    const gone = owner === undefined || owner.metadata.uid !== claim.uid;
    return gone ? { actions: [{ do: 'delete', resource: VOLUMES, object: volume }] } : NOTHING;
  },
};
