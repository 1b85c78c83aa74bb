import { type Fields, fieldsAt, type KubeObject, stringAt } from '../../model/kube-object.ts';
import { type Action, NOTHING, type Rule } from '../rule.ts';
import { isActive, isReady, podFrom, shortHash } from './pod-template.ts';

const SETS = 'daemonsets.apps';
const REVISION = 'controller-revision-hash';

/** A DaemonSet has one pod on every node that its node selector allows, https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ */
export const daemonSetRule: Rule = {
  resource: SETS,
  watches: ['nodes'],
  decide(set, view) {
    if (set.metadata.deletionTimestamp !== undefined) return NOTHING;
    const template = fieldsAt(set, 'spec', 'template');
    const revision = shortHash(template);
    const selector = Object.entries(fieldsAt(template, 'spec', 'nodeSelector'));
    const fits = (node: KubeObject) =>
      selector.every(([name, value]) => node.metadata.labels?.[name] === value);
    const nodes = view
      .list('nodes')
      .filter(fits)
      .map(({ metadata }) => metadata.name ?? '');
    const pods = view.owned(set.metadata.uid ?? '', 'pods').filter(isActive);
    const placed = new Map(pods.map((pod) => [stringAt(pod, 'spec', 'nodeName') ?? '', pod]));
    const actions: Action[] = nodes
      .filter((node) => !placed.has(node))
      .map((node) => ({ do: 'create', resource: 'pods', object: daemonPod(set, template, node, revision) }));
    const astray = [...placed].filter(([node]) => !nodes.includes(node)).map(([, pod]) => pod);
    const gone = [...astray, ...outdated(set, pods, revision)];
    actions.push(...gone.map((object): Action => ({ do: 'delete', resource: 'pods', object })));
    actions.push({
      do: 'status',
      resource: SETS,

      of: set,
      status: statusOf(set, pods, nodes.length, revision),
    });
    return { actions };
  },
};

function daemonPod(set: KubeObject, template: Fields, node: string, revision: string): KubeObject {
  const labels = { ...fieldsAt(template, 'metadata', 'labels'), [REVISION]: revision };
  const placed = { ...template, spec: { ...fieldsAt(template, 'spec'), nodeName: node } };
  return podFrom(set, placed, { generateName: `${set.metadata.name}-`, labels });
}

/** One old pod at a time, and only while all the others are ready. */
function outdated(set: KubeObject, pods: readonly KubeObject[], revision: string): readonly KubeObject[] {
  if (stringAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return [];
  const old = pods.filter((pod) => pod.metadata.labels?.[REVISION] !== revision);
  const broken = old.filter((pod) => !isReady(pod));
  if (broken.length > 0) return broken;
  return pods.every(isReady) ? old.slice(0, 1) : [];
}

function statusOf(set: KubeObject, pods: readonly KubeObject[], wanted: number, revision: string): Fields {
  const ready = pods.filter(isReady).length;
  return {
    observedGeneration: set.metadata.generation,
    desiredNumberScheduled: wanted,
    currentNumberScheduled: pods.length,
    numberMisscheduled: 0,
    numberReady: ready,
    numberAvailable: ready,
    ...(wanted > ready ? { numberUnavailable: wanted - ready } : {}),
    updatedNumberScheduled: pods.filter((pod) => pod.metadata.labels?.[REVISION] === revision).length,
  };
}
