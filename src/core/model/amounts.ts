/** Numbers as a person reads them in the editor's language. */
export interface Amounts {
  /** Decimal, as disks and the trainer's figures are counted: 2.21 GB. */
  bytes(amount: number): string;
  /** 12,582,912 */
  count(amount: number): string;
  /** 3.82B */
  compact(amount: number): string;
  /** 0.33% */
  percent(fraction: number): string;
}

const LOWEST_SHARE = 5e-5;

/** language: as BCP 47 has it. */
export function amountsIn(language: string): Amounts {
  const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const formatter = new Intl.NumberFormat(supported(language), options);
    return (value) => formatter.format(value);
  };
  const integer = format({ maximumFractionDigits: 0 });
  const one = format({ maximumFractionDigits: 1 });
  const two = format({ maximumFractionDigits: 2 });
  const percent = format({ style: 'percent', maximumFractionDigits: 2 });
  return {
    bytes: (amount) => {
      if (amount < 1e3) return `${integer(amount)} B`;
      if (amount < 1e6) return `${one(amount / 1e3)} kB`;
      if (amount < 1e9) return `${one(amount / 1e6)} MB`;
      return amount < 1e10 ? `${two(amount / 1e9)} GB` : `${one(amount / 1e9)} GB`;
    },
    count: integer,
    compact: format({ notation: 'compact', maximumSignificantDigits: 3 }),
    // A share that is there is not shown as none.
    percent: (fraction) => (fraction > 0 && fraction < LOWEST_SHARE ? `< ${percent(1e-4)}` : percent(fraction)),
  };
}

function supported(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
