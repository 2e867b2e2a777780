import type { Asking } from '../contacts/index.ts';
import { HASHED } from './hash-addresses.ts';

/** Bytes of a block of SHA-256. */
const BLOCK = 64;

/** Whether the workspace keeps addresses of erased people; asked once. Index suppressions_address. */
export function hasHashesSql({ put, workspaceId }: Asking): string {
  return `(select exists (select from suppressions h
                     where h.workspace_id = ${put(workspaceId)}
                       and h.address ~>=~ '${HASHED}' and h.address ~<~ '$'))`;
}

/**
 * `hashAddress` in SQL: the HMAC of RFC 2104 by SHA-256, of an address on a channel. The key stays in
 * the database.
 */
export function hashSql(address: string, { channel }: { channel: string }, asking: Asking): string {
  const { put } = asking;
  const text = `convert_to(${put(`${channel} `, 'text')} || ${address}, 'UTF8')`;
  const inner = `sha256(${padded(0x36, asking)} || ${text})`;
  return `('${HASHED}' || encode(sha256(${padded(0x5c, asking)} || ${inner}), 'hex'))`;
}

/** The workspace's key, filled up with zeros, each byte with the pad; worked out once. */
function padded(pad: number, { put, workspaceId }: Asking): string {
  const byte = `(case when n < length(w.address_key) then get_byte(w.address_key, n) else 0 end)`;
  return `(select decode(string_agg(lpad(to_hex(${byte} # ${pad}), 2, '0'), '' order by n), 'hex')
                     from workspaces w, generate_series(0, ${BLOCK - 1}) as n
                    where w.id = ${put(workspaceId)})`;
}
