/** Which of the three engines this is. */
export type Engine = 'chromium' | 'firefox' | 'webkit';

export function engineOf(userAgent: string): Engine {
  if (userAgent.includes('Firefox/')) return 'firefox';
  return userAgent.includes('Chrome/') ? 'chromium' : 'webkit';
}
