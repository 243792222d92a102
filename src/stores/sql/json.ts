import type { Flag, Json } from './schema.ts';

export function toJson<Value extends object>(value: Value): Json<Value>;
export function toJson<Value extends object>(value: Value | undefined): Json<Value> | null;
export function toJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

export function fromJson<Value>(json: Json<Value>): Value;
export function fromJson<Value>(json: Json<Value> | null): Value | null;
export function fromJson<Value>(json: Json<Value> | null): Value | null {
  return json === null ? null : JSON.parse(json);
}

export function toFlag(value: boolean): Flag {
  return value ? 1 : 0;
}
