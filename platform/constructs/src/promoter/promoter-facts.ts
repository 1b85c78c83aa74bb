/** What is known of a promoter that is to run in the hub: every default filled in, and the names of its objects. */
export interface PromoterFacts {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly replicas: number;
  readonly secretName: string;
  readonly callers: readonly string[];
  readonly argocdNamespace: string;
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
  /** The config file. */
  readonly config: string;
}

/** Port of the API, of webhooks and of `/metrics`. */
export const PROMOTER_PORT = 8080;
