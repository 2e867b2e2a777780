/** A record that a vendor asks for in the DNS of a domain that it sends for. */
export interface VendorRecord {
  purpose: 'spf' | 'dkim' | 'return_path';
  type: 'TXT' | 'MX' | 'CNAME';
  /** Where it stands; `…` is what only the vendor's console says. */
  name: string;
  /** Null: only the vendor's console says it. */
  value: string | null;
  /** The vendor sends without it, too. */
  optional: boolean;
}

/** What a vendor's documentation says about the DNS of a domain that it sends for. */
export interface VendorDns {
  /**
   * The domain of the envelope's sender, at which receivers look SPF up: the vendor's own, one
   * below the sender's domain, or the sender's domain itself.
   */
  returnPath: 'vendor' | 'below' | 'domain';
  records: VendorRecord[];
}

export interface VendorDnsQuestion {
  domain: string;
  settings: Readonly<Record<string, unknown>>;
}

/** Keys that the vendor makes, and of which only its console knows the names and values. */
export function dkimOfConsole(
  name: string,
  { type, count = 1 }: { type: 'TXT' | 'CNAME'; count?: number },
): VendorRecord[] {
  return Array.from({ length: count }, () => ({
    purpose: 'dkim' as const,
    type,
    name,
    value: null,
    optional: false,
  }));
}
