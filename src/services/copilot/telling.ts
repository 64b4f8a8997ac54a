/** Something told piece by piece: whoever listens hears it from its beginning, however late they come. */
export class Telling<Piece extends object> {
  readonly #said: Piece[] = [];
  #over = false;
  #news = Promise.withResolvers<void>();

  tell(piece: Piece): void {
    this.#said.push(piece);
    this.#wake();
  }

  /** Nothing more will be told. */
  end(): void {
    this.#over = true;
    this.#wake();
  }

  /** Hears all of it, until the end or until the listener leaves. */
  async *listen(signal: AbortSignal): AsyncGenerator<Piece> {
    const left = new Promise<void>((leave) =>
      signal.addEventListener("abort", () => leave(), { once: true }),
    );
    for (let at = 0; !signal.aborted; ) {
      const piece = this.#said[at];
      if (piece === undefined) {
        if (this.#over) return;
        await Promise.race([this.#news.promise, left]);
        continue;
      }
      at += 1;
      yield piece;
    }
  }

  #wake(): void {
    const { resolve } = this.#news;
    this.#news = Promise.withResolvers<void>();
    resolve();
  }
}
