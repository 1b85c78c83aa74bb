import { fieldsAt, type KubeObject, listAt, stringAt } from '../model/kube-object.ts';

/** What a simulated pod can suffer from. */
export type Fault = 'crash-loop' | 'image-pull' | 'unready' | 'slow-start';

/** The annotation of a pod template that asks for a fault. */
export const FAULT_ANNOTATION = 'sim.drydock.dev/fault';
/** Namespace and name of the ConfigMap that gives faults to images. */
export const FAULTS_CONFIG_MAP = { namespace: 'kube-system', name: 'simulated-faults' } as const;

/** Image patterns and the fault of each. */
export type FaultTable = readonly { readonly matches: RegExp; readonly fault: Fault }[];

const FAULTS: ReadonlySet<string> = new Set(['crash-loop', 'image-pull', 'unready', 'slow-start']);

/**
 * Reads the ConfigMap `kube-system/simulated-faults`: each value is `<image glob> <fault>`, for example
 * `ghcr.io/stefanprodan/podinfo:6.9.9 crash-loop`; `*` stands for any characters. Keys do not matter, other lines are left out.
 */
export function faultTable(configMap: KubeObject | undefined): FaultTable {
  const lines = Object.values(fieldsAt(configMap, 'data')).flatMap((value) => String(value).split('\n'));
  return lines.flatMap((line) => {
    const [glob = '', fault = ''] = line.trim().split(/\s+/);
    return isFault(fault) ? [{ matches: globPattern(glob), fault }] : [];
  });
}

/** @returns the fault of a pod, by its annotation or by one of its images. */
export function faultOf(pod: KubeObject, table: FaultTable): Fault | undefined {
  const asked = pod.metadata.annotations?.[FAULT_ANNOTATION];
  if (isFault(asked)) return asked;
  const images = listAt(pod, 'spec', 'containers').map((container) => stringAt(container, 'image') ?? '');
  return table.find(({ matches }) => images.some((image) => matches.test(image)))?.fault;
}

function isFault(text: string | undefined): text is Fault {
  return text !== undefined && FAULTS.has(text);
}

function globPattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
