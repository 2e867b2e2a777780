export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export interface Answer {
  method: string;
  path: RegExp;
  reply: (request: Request, parts: string[]) => unknown;
}
