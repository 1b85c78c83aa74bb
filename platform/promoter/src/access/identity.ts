/** Who is calling. */
export interface Identity {
  readonly name: string;
  readonly groups: readonly string[];
}
