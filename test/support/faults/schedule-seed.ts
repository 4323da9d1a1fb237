/** The seed of the random schedules: `?seed=` of the test page, else `SEED` of the run, else the time. */
export function scheduleSeed(): number {
  const given = new URLSearchParams(location.search).get('seed') ?? import.meta.env['VITE_SEED'];
  return given === undefined || given === '' ? Date.now() & 0x7fffffff : Number(given);
}
