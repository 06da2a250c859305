/** Whether somebody sits before the screen: what the console asks by itself must not keep a session alive. */

const quietMs = 5 * 60_000
let touchedAt = Date.now()

for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
  window.addEventListener(kind, () => (touchedAt = Date.now()), { passive: true, capture: true })
}

export function isAttended(): boolean {
  return Date.now() - touchedAt < quietMs
}
