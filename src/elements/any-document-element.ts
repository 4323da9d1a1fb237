/**
 * An element that looks the same in every document of the page: a frame, a pop-up, a picture-in-picture window. Style
 * sheets that a script makes serve the one document they were made in
 * (https://drafts.csswg.org/cssom/#dom-documentorshadowroot-adoptedstylesheets): Lit's are refused with an exception
 * elsewhere, and taken off an element that moves. Owns putting them on; refuses to own what is in them.
 */
import { adoptStyles, LitElement } from 'lit';

export abstract class AnyDocumentElement extends LitElement {
  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#dress(root);
    return root;
  }

  adoptedCallback(): void {
    if (this.shadowRoot !== null) this.#dress(this.shadowRoot);
  }

  #dress(root: ShadowRoot): void {
    const { elementStyles } = this.constructor as typeof LitElement;
    const { ownerDocument } = root;
    if (ownerDocument === document) {
      adoptStyles(root, elementStyles);
      return;
    }
    const view = ownerDocument.defaultView;
    // A document without a window is never drawn; the element comes by here again when it leaves it.
    if (view === null) return;
    root.adoptedStyleSheets = elementStyles.map((style) => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(String('cssText' in style ? style.cssText : ''));
      return sheet;
    });
  }
}
