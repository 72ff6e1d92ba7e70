/** Errors as Rust sends them: a code with parameters. The words are in the catalogue. */

/** One broken rule and the field that broke it, as a JSON pointer (RFC 6901). */
export interface Problem {
  path: string;
  rule: string;
  [parameter: string]: unknown;
}

export class CairnError extends Error {
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly problems: Problem[];

  /** `message` is the command line's sentence; the window words the code itself. */
  constructor(code: string, params: Record<string, unknown> = {}, problems: Problem[] = [], message = '') {
    super(message);
    this.name = 'CairnError';
    this.code = code;
    this.params = params;
    this.problems = problems;
  }
}

/** Whatever was thrown, as an error with a code. */
export function toCairnError(thrown: unknown): CairnError {
  if (thrown instanceof CairnError) return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    const { code, params, problems, message } = thrown as Partial<CairnError> & { code: string };
    return new CairnError(code, params, problems, message);
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new CairnError('unexpected', { detail });
}
