import { JsonView, Snippet } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import type { DeliveryDetails } from './delivery.ts';
import { readHeaders } from './mail-source.ts';
import { text } from './ReceivedView.tsx';
import classes from './Outbox.module.css';

interface ViewProps {
  delivery: DeliveryDetails;
}

/** The plain-text part. */
export function TextView({ delivery }: ViewProps) {
  const t = useText();
  const body = text(delivery.content?.text);
  return (
    <div className={classes.pad}>
      {body ? (
        <pre className={classes.text} dir="auto">
          {body}
        </pre>
      ) : (
        t('outbox.noText')
      )}
    </div>
  );
}

/** The headers as they went over the line. */
export function HeadersView({ delivery }: ViewProps) {
  const t = useText();
  const headers = readHeaders(rawOf(delivery));
  if (headers.length === 0) return <div className={classes.pad}>{t('outbox.noContent')}</div>;
  return (
    <div className={classes.pad}>
      <table className={classes.headers} dir="ltr">
        <tbody>
          {headers.map(({ name, value }, index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The whole message: an e-mail's source, or what the provider was given. */
export function RawView({ delivery }: ViewProps) {
  const raw = rawOf(delivery);
  return (
    <div className={classes.pad}>
      {raw ? <Snippet code={raw} wrap /> : <JsonView value={delivery.content} open={4} />}
    </div>
  );
}

function rawOf(delivery: DeliveryDetails): string {
  return delivery.raw ?? '';
}
