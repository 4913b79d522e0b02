/** The result of something that may fail as part of its normal work. A bug throws instead. */
export type Outcome<Value, Reason> = Success<Value> | Failure<Reason>;

export type Success<Value> = { ok: true; value: Value };
export type Failure<Reason> = { ok: false; reason: Reason };

export function success(): Success<undefined>;
export function success<Value>(value: Value): Success<Value>;
export function success(value?: unknown): Success<unknown> {
  return { ok: true, value };
}

export function failure<const Reason>(reason: Reason): Failure<Reason> {
  return { ok: false, reason };
}
