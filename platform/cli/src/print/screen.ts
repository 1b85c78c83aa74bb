import type { Streams } from '../streams.ts';

const HOME_AND_CLEAR = '\u001b[H\u001b[J';
const CLEAR_ALL = '\u001b[2J';

/** Shows a text that changes: redrawn in place on a terminal, printed again when it differs elsewhere. */
export class Screen {
  readonly #streams: Streams;
  #last: string | undefined;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  draw(text: string): void {
    if (text === this.#last) return;
    if (this.#streams.interactive)
      this.#streams.out((this.#last === undefined ? CLEAR_ALL : '') + HOME_AND_CLEAR + text);
    else this.#streams.out(`${text}\n`);
    this.#last = text;
  }
}
