import type { IgnoredDifference, JsonObject } from '@drydock/model';
import type { Manifest } from '../../manifest.ts';
import type { DeliveredChart } from '../delivery-engine.ts';
import { FLUX_NAMESPACE } from './kustomization.ts';

/** What a chart is installed as. */
export interface HelmReleaseProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly chart: DeliveredChart;
  /** Where the chart is installed. */
  readonly namespace: string;
  /** Fields that something else sets on the cluster. */
  readonly ignored: readonly IgnoredDifference[];
}

/**
 * A HelmRelease and the source of its chart (https://fluxcd.io/flux/components/helm/helmreleases/): a HelmRepository
 * for https, an OCIRepository for oci. CRDs are upgraded with the chart, which Helm itself never does.
 */
export function helmRelease(props: HelmReleaseProps): readonly Manifest[] {
  const { chart, name } = props;
  const isOci = chart.repository.startsWith('oci://');
  const source = isOci ? ociRepository(props) : helmRepository(props);
  const reference: JsonObject = isOci
    ? { chartRef: { kind: 'OCIRepository', name } }
    : {
        chart: {
          spec: {
            chart: chart.name,
            version: chart.version,
            sourceRef: { kind: 'HelmRepository', name },
            interval: '10m',
          },
        },
      };
  const crds = chart.skipCrds ? 'Skip' : 'CreateReplace';
  const release: Manifest = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: metadata(props),
    spec: {
      interval: '10m',
      timeout: '10m',
      releaseName: chart.release,
      targetNamespace: props.namespace,
      storageNamespace: props.namespace,
      ...reference,
      install: { crds, createNamespace: true, remediation: { retries: 3 } },
      upgrade: { crds, remediation: { retries: 3 } },
      driftDetection: { mode: 'enabled', ...ignoredDrift(props.ignored) },
      values: chart.values,
    },
  };
  return [source, release];
}

/** https://fluxcd.io/flux/components/helm/helmreleases/#ignore-rules */
function ignoredDrift(ignored: readonly IgnoredDifference[]): JsonObject {
  if (ignored.length === 0) return {};
  return {
    ignore: ignored.map(({ group, kind, name, pointers }) => ({
      paths: pointers,
      target: { ...(group === '' ? {} : { group }), kind, ...(name === undefined ? {} : { name }) },
    })),
  };
}

function helmRepository(props: HelmReleaseProps): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata: metadata(props),
    spec: { interval: '1h', url: props.chart.repository },
  };
}

/** https://fluxcd.io/flux/components/source/ocirepositories/: the layer of a Helm chart is taken as it is. */
function ociRepository(props: HelmReleaseProps): Manifest {
  const { repository, name, version } = props.chart;
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: metadata(props),
    spec: {
      interval: '1h',
      url: `${repository.replace(/\/$/, '')}/${name}`,
      ref: { tag: version },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    },
  };
}

function metadata({ name, labels }: HelmReleaseProps): Manifest['metadata'] {
  return { name, namespace: FLUX_NAMESPACE, labels: { ...labels } };
}
