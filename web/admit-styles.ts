/**
 * Gives each style element that is made here the page's nonce, without which the content security policy stops it. The
 * component library gives it to most of its own, but not to those that hold the page still behind a dialog and that
 * measure scroll bars.
 */
export function admitStyles(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
  if (nonce === undefined) return
  const make = document.createElement.bind(document) as (name: string, options?: unknown) => HTMLElement
  const makeAdmitted = (name: string, options?: unknown) => {
    const element = make(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  document.createElement = makeAdmitted as typeof document.createElement
}
