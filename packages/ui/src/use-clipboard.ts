import { useCallback, useEffect, useState } from 'react';

/** Copies text and says for two seconds that it did. */
export function useClipboard(): { copied: boolean; copy: (value: string) => Promise<void> } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = useCallback(async (value: string) => {
    await writeClipboard(value);
    setCopied(true);
  }, []);
  return { copied, copy };
}

/** The clipboard API exists only on secure origins; a plain-HTTP host gets the old way. */
async function writeClipboard(value: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(value);
  const area = document.createElement('textarea');
  area.value = value;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
