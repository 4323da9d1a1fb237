// A page that uses Lit itself: by the time the widgets come, Lit's policy is taken.
window.trustedTypes.createPolicy('lit-html', { createHTML: (html) => html });
const widgets = '/__built/x8-widgets.js';
await import(/* @vite-ignore */ widgets);
