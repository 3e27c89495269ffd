/** A number of a JSON text as Python writes it: str(json.loads(json)). */
export function pythonNumber(json: string): string {
  // Python's integers have no end, and -0 is 0.
  if (/^-?\d+$/.test(json)) return String(BigInt(json));
  return pythonFloat(Number(json));
}

/** repr(float): the shortest digits, as here, but with an exponent below 1e-4 and from 1e16 on, and never without a point. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  // Below 1e-6 toString would take an exponent; toFixed with the digits that there are doesn't.
  const fraction = Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - exponent);
  return fraction === 0 ? `${BigInt(value)}.0` : value.toFixed(fraction);
}
