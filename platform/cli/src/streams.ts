/** Where a command writes: results to `out`, everything else to `err`. */
export interface Streams {
  out(text: string): void;
  err(text: string): void;
  /** Whether `out` is a terminal that shows colours. */
  readonly colour: boolean;
  /** Whether `out` is a terminal that can be redrawn. */
  readonly interactive: boolean;
}
