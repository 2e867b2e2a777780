import type { SenderDomain } from '@perennial/contracts';
import { Copyable, Panel } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import classes from './SenderDomains.module.css';

type Vendor = SenderDomain['vendor_dns'][number];

/** What the vendors ask for in DNS: what is known of it, and what only their consoles say. */
export function VendorPanels({ domain }: { domain: SenderDomain }) {
  return domain.vendor_dns.map((vendor, i) => <VendorPanel key={i} vendor={vendor} />);
}

function VendorPanel({ vendor: { vendor, return_path: path, records } }: { vendor: Vendor }) {
  const t = useText();
  return (
    <Panel title={t('domains.vendor.title', { vendor })}>
      <p className={classes.lead}>{t(`domains.vendor.path.${path}`, { vendor })}</p>
      <table className={classes.table}>
        <tbody>
          {records.map(({ purpose, type, name, value, optional }, i) => (
            <tr key={i}>
              <th scope="row">
                {t(`domains.vendor.purpose.${purpose}`)}
                {optional ? (
                  <span className={classes.muted}> · {t('domains.vendor.optional')}</span>
                ) : null}
              </th>
              <td className={classes.code}>{type}</td>
              <td>
                {name.includes('…') ? (
                  <span className={classes.code}>{name}</span>
                ) : (
                  <Copyable value={name} mono />
                )}
              </td>
              <td>
                {value === null ? (
                  <span className={classes.muted}>{t('domains.vendor.console', { vendor })}</span>
                ) : (
                  <Copyable value={value} mono />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.note}>{t('domains.vendor.unchecked', { vendor })}</p>
    </Panel>
  );
}
