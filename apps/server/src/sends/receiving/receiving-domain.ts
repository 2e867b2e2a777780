/** The domain that receives mail for an address, in lower case. */
export function receivingDomain(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
