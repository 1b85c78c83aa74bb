/** A screen of somebody else's, that runs on a cluster. */
export interface Screen {
  readonly title: string;
  /** The addon that brings it. */
  readonly addon: string;
  /** Labels of its Service. */
  readonly selector: string;
  /** Port of this machine. */
  readonly local: number;
  /** Port of the Service. @default its first */
  readonly port?: string | undefined;
}

export const SCREENS = {
  argocd: {
    title: 'Argo CD',
    addon: 'argo-cd',
    selector: 'app.kubernetes.io/name=argocd-server',
    local: 8480,
    port: 'https',
  },
  grafana: {
    title: 'Grafana',
    addon: 'victoria-metrics',
    selector: 'app.kubernetes.io/name=grafana',
    local: 8481,
  },
  hubble: { title: 'Hubble', addon: 'cilium', selector: 'app.kubernetes.io/name=hubble-ui', local: 8482 },
  linkerd: {
    title: 'Linkerd',
    addon: 'linkerd-viz',
    selector: 'linkerd.io/extension=viz,component=web',
    local: 8483,
  },
} as const satisfies Readonly<Record<string, Screen>>;

export type ScreenName = keyof typeof SCREENS;
