/** The seed of the random schedules: `?seed=` of the test page, else `SEED` of the run, else the given one, by default the time. */
export function scheduleSeed(otherwise = Date.now() & 0x7fffffff): number {
  const given = new URLSearchParams(location.search).get('seed') ?? import.meta.env['VITE_SEED'];
  return given === undefined || given === '' ? otherwise : Number(given);
}
