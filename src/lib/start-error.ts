/** A reason not to start, told in one sentence, with what mends it; the process prints it instead of a stack trace. */
export class StartError extends Error {
  readonly mend: string | undefined;

  constructor(message: string, mend?: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "StartError";
    this.mend = mend;
  }
}

/** Turns what went wrong at start into sentences for the person at the terminal; undefined when it is not a known reason. */
export function explainStart(error: unknown): string | undefined {
  const known = error instanceof StartError ? error : translate(error);
  if (known === undefined) return undefined;
  return known.mend === undefined ? known.message : `${known.message}\n  → ${known.mend}`;
}

const diskFull = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|^53100$/;

/** Says whether an error, or the output of a program, speaks of a full disk. */
export function isDiskFull(text: string): boolean {
  return diskFull.test(text);
}

function translate(error: unknown): StartError | undefined {
  const { code, message, port, path } = facts(error);
  if (code === "EADDRINUSE") {
    const where = port === undefined ? "The port" : `Port ${port}`;
    return new StartError(
      `${where} is already in use by another program.`,
      "Choose another: PORT=3001 npm start",
    );
  }
  if (isDiskFull(code) || isDiskFull(message)) {
    return new StartError("The disk is full, nothing was changed.", "Free some space and start again.");
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    const what = path ?? (port === undefined ? "a file it needs" : `port ${port}`);
    return new StartError(`Baton may not use ${what}.`, "Mend its owner and permissions, or choose another.");
  }
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ETIMEDOUT") {
    return new StartError(
      "The database does not answer.",
      "Check DATABASE_URL, and that Postgres runs there.",
    );
  }
  if (code === "28P01" || code === "28000") {
    return new StartError("The database refused the user or the password.", "Check DATABASE_URL.");
  }
  if (code === "3D000") {
    return new StartError(
      "The database named in DATABASE_URL does not exist.",
      "Create it, or mend DATABASE_URL.",
    );
  }
  return undefined;
}

type Facts = { code: string; message: string; port: number | undefined; path: string | undefined };

function facts(error: unknown): Facts {
  if (error instanceof AggregateError && error.errors.length > 0) return facts(error.errors[0]);
  const { code, message, port, path } = (error ?? {}) as Record<string, unknown>;
  return {
    code: typeof code === "string" ? code : "",
    message: typeof message === "string" ? message : "",
    port: typeof port === "number" ? port : undefined,
    path: typeof path === "string" ? path : undefined,
  };
}
