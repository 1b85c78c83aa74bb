import {
  formatTrailers,
  parseTrailers,
  type Ref,
  type RefUpdate,
  type Repository,
  TREE_MODE,
} from '@drydock/git';
import { promoterSignature } from '../signature.ts';
import type { Release } from './release.ts';

/** How many Releases are read at once: enough to keep git busy, few enough to fit into memory. */
const AT_ONCE = 500;
const PREFIX = 'refs/drydock/releases/';

/** What a new Release is made of; the rest follows from git. */
export type NewRelease = Pick<
  Release,
  'unit' | 'kind' | 'team' | 'revision' | 'subject' | 'sequence' | 'createdAt' | 'requestedBy' | 'tree'
>;

/** Ref of a Release. */
export function releaseRef(unit: string, revision: string): string {
  return `${PREFIX}${unit}/${revision}`;
}

/**
 * The Releases of a repository. A Release is a commit that never changes, so each is read once.
 */
export class ReleaseStore {
  readonly #repository: Repository;
  readonly #known = new Map<string, Release>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Every Release by Unit, the newest first. */
  async list(): Promise<ReadonlyMap<string, readonly Release[]>> {
    const refs = await this.#repository.listRefs(PREFIX);
    const releases: Release[] = [];
    for (let from = 0; from < refs.length; from += AT_ONCE) {
      const part = refs.slice(from, from + AT_ONCE).map((ref) => this.#read(ref));
      releases.push(...(await Promise.all(part)));
    }
    const byUnit = Map.groupBy(releases, ({ unit }) => unit);
    for (const list of byUnit.values()) list.sort((a, b) => b.sequence - a.sequence);
    return byUnit;
  }

  /**
   * Writes the commit of a new Release.
   *
   * @returns the ref update that makes it a Release; nothing exists before that has been carried out
   */
  create(release: NewRelease): RefUpdate {
    const who = promoterSignature(release.createdAt);
    const trailers = formatTrailers({
      Unit: release.unit,
      Kind: release.kind,
      Team: release.team,
      Revision: release.revision,
      Sequence: String(release.sequence),
      'Requested-by': release.requestedBy,
      Subject: release.subject,
    });
    const message = `release ${release.unit} ${release.revision.slice(0, 8)}\n\n${trailers}\n`;
    const to = this.#repository.writeCommit({
      tree: release.tree,
      parents: [],
      author: who,
      committer: who,
      message,
    });
    return { ref: releaseRef(release.unit, release.revision), from: undefined, to };
  }

  async #read(ref: Ref): Promise<Release> {
    const known = this.#known.get(ref.oid);
    if (known !== undefined) return known;
    const commit = await this.#repository.readCommit(ref.oid);
    const trailers = parseTrailers(commit.message);
    const release: Release = {
      id: ref.oid,
      unit: trailers.Unit ?? '',
      kind: trailers.Kind === 'Addon' ? 'Addon' : 'Application',
      team: trailers.Team,
      revision: trailers.Revision ?? '',
      subject: trailers.Subject ?? '',
      sequence: Number(trailers.Sequence ?? 0),
      createdAt: commit.committer.at,
      requestedBy: trailers['Requested-by'] ?? '',
      tree: commit.tree,
      targets: await this.#targets(commit.tree),
    };
    this.#known.set(ref.oid, release);
    return release;
  }

  async #targets(tree: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const environments = (await this.#repository.listTree(tree)).filter(({ mode }) => mode === TREE_MODE);
    const targets = environments.map(async ({ path, oid }) => {
      const clusters = await this.#repository.listTree(oid);
      return [path, clusters.map((entry) => entry.path).sort()] as const;
    });
    return new Map(await Promise.all(targets));
  }
}
